"""Drives a server with Python's etcd3gw package, which speaks JSON to the gateway.

Usage: gateway_suite.py HOST PORT. Prints one line per part that passed; a failure ends it with a traceback.
"""

import sys
import threading

import etcd3gw
import etcd3gw.exceptions

WAIT_SECONDS = 10


def check(found, expected):
    if found != expected:
        raise AssertionError(f'expected {expected!r}, got {found!r}')


def keys_and_values(client):
    check(client.put('kv/a', '1'), True)
    check(client.get('kv/a'), [b'1'])
    check(client.get('kv/missing'), [])
    check(client.create('kv/b', '2'), True)
    check(client.create('kv/b', '3'), False)
    check(client.replace('kv/b', '2', '4'), True)
    check(client.replace('kv/b', '2', '5'), False)
    value, metadata = client.get('kv/b', metadata=True)[0]
    check((value, metadata['key'], metadata['version']), (b'4', b'kv/b', '2'))
    check(client.delete('kv/b'), True)
    check(client.delete('kv/b'), False)
    binary = bytes(range(256))
    client.put('kv/binary', binary)
    check(client.get('kv/binary'), [binary])


def ranges(client):
    for name in ('x', 'y', 'z'):
        client.put('range/' + name, name.upper())
    check([value for value, _ in client.get_prefix('range/')], [b'X', b'Y', b'Z'])
    descending = client.get_prefix('range/', sort_order='descend', sort_target='key')
    check([metadata['key'] for _, metadata in descending], [b'range/z', b'range/y', b'range/x'])
    check(len(client.get_all()) >= 3, True)
    check(client.delete_prefix('range/'), True)
    check(client.get_prefix('range/'), [])


def leases(client):
    lease = client.lease(ttl=60)
    client.put('lease/a', '1', lease=lease)
    check(lease.keys(), [b'lease/a'])
    check(0 < lease.ttl() <= 60, True)
    check(lease.refresh(), 60)
    check(lease.revoke(), True)
    check(client.get('lease/a'), [])


def locks(client):
    with client.lock('one', ttl=60) as first:
        check(first.is_acquired(), True)
        second = client.lock('one', ttl=60)
        check(second.acquire(), False)
    check(first.is_acquired(), False)
    check(second.acquire(), True)
    check(second.release(), True)


def watches(client):
    events, cancel = client.watch('watch/a')
    timer = threading.Timer(0.2, lambda: [client.put('watch/a', str(n)) for n in range(20)])
    timer.start()
    found = [next(events)['kv']['value'] for _ in range(20)]
    check(found, [str(n).encode() for n in range(20)])
    cancel()
    threading.Timer(0.2, lambda: client.delete('watch/a')).start()
    event = client.watch_once('watch/a', timeout=WAIT_SECONDS)
    check((event['type'], event['kv']['key']), ('DELETE', b'watch/a'))
    past, cancel = client.watch('watch/a', start_revision=1)
    check(next(past)['kv']['value'], b'0')
    cancel()


def errors(client):
    try:
        client.put('', 'x')
        raise AssertionError('an empty key was taken')
    except etcd3gw.exceptions.Etcd3Exception as error:
        check('etcdserver: key is not provided' in error.detail_text, True)


def maintenance(client):
    check(client.status()['version'].startswith('3.'), True)
    check(len(client.members()), 1)


def main():
    host, port = sys.argv[1], int(sys.argv[2])
    for path in (None, '/v3/', '/v3beta/'):
        client = etcd3gw.client(host=host, port=port, timeout=WAIT_SECONDS, api_path=path)
        check(client.put('path', '1'), True)
    client = etcd3gw.client(host=host, port=port, timeout=WAIT_SECONDS)
    for part in (keys_and_values, ranges, leases, locks, watches, errors, maintenance):
        part(client)
        print('passed:', part.__name__, flush=True)


main()

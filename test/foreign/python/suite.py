"""Drives a server with Python's etcd3 package: one function per part of its interface.

Usage: suite.py HOST PORT. Prints one line per part that passed; a failure ends it with a traceback.
"""

import queue
import sys
import threading
import time

import etcd3

WAIT_SECONDS = 10


def check(found, expected):
    if found != expected:
        raise AssertionError(f'expected {expected!r}, got {found!r}')


def keys_and_values(client):
    client.put('kv/a', '1')
    value, metadata = client.get('kv/a')
    check((value, metadata.key, metadata.version), (b'1', b'kv/a', 1))
    check(client.get('kv/missing'), (None, None))
    previous = client.put('kv/a', '2', prev_kv=True)
    check(previous.prev_kv.value, b'1')
    check(client.get('kv/a', serializable=True)[0], b'2')
    check(client.put_if_not_exists('kv/a', '3'), False)
    check(client.put_if_not_exists('kv/b', '3'), True)
    check(client.replace('kv/b', '3', '4'), True)
    check(client.replace('kv/b', '3', '5'), False)
    check(client.delete('kv/b'), True)
    check(client.delete('kv/b'), False)


def ranges(client):
    for name in ('x', 'y', 'z'):
        client.put('range/' + name, name.upper())
    check([value for value, _ in client.get_prefix('range/')], [b'X', b'Y', b'Z'])
    descending = client.get_prefix('range/', sort_order='descend', sort_target='key')
    check([metadata.key for _, metadata in descending], [b'range/z', b'range/y', b'range/x'])
    check([value for value, _ in client.get_range('range/x', 'range/z')], [b'X', b'Y'])
    keys_only = client.get_prefix('range/', keys_only=True)
    check([value for value, _ in keys_only], [b'', b'', b''])
    check(len(list(client.get_all())) >= 3, True)
    check(client.delete_prefix('range/').deleted, 3)


def transactions(client):
    client.put('txn/a', '1')

    def transact():
        return client.transaction(
            compare=[
                client.transactions.value('txn/a') == '1',
                client.transactions.version('txn/a') > 0,
                client.transactions.create('txn/b') == 0,
            ],
            success=[
                client.transactions.put('txn/a', '2'),
                client.transactions.get('txn/a'),
                client.transactions.delete('txn/missing'),
            ],
            failure=[client.transactions.get('txn/a')],
        )

    succeeded, responses = transact()
    check((succeeded, responses[1][0][0]), (True, b'2'))
    succeeded, responses = transact()
    check((succeeded, responses[0][0][0]), (False, b'2'))


def watches(client):
    seen = queue.Queue()
    watch_id = client.add_watch_prefix_callback(
        'watch/', lambda response: [seen.put(event) for event in response.events], prev_kv=True
    )
    client.put('watch/a', '1')
    client.put('watch/a', '2')
    client.delete('watch/a')
    events = [seen.get(timeout=WAIT_SECONDS) for _ in range(3)]
    check([type(event).__name__ for event in events], ['PutEvent', 'PutEvent', 'DeleteEvent'])
    check([event.value for event in events], [b'1', b'2', b''])
    check(events[1].prev_value, b'1')
    client.cancel_watch(watch_id)

    iterator, cancel = client.watch('watch/a', start_revision=events[0].mod_revision)
    check([next(iterator).value for _ in range(3)], [b'1', b'2', b''])
    cancel()


def leases(client):
    lease = client.lease(60)
    client.put('lease/a', '1', lease=lease)
    check((lease.granted_ttl, lease.keys), (60, [b'lease/a']))
    check([response.TTL for response in lease.refresh()], [60])
    lease.revoke()
    check(client.get('lease/a'), (None, None))
    numbered = client.lease(60, lease_id=4711)
    check(numbered.id, 4711)
    numbered.revoke()
    client.put('lease/short', '1', lease=client.lease(1))
    deadline = time.monotonic() + WAIT_SECONDS
    while client.get('lease/short')[0] is not None:
        check(time.monotonic() < deadline, True)
        time.sleep(0.1)


def locks(client):
    order = []
    first = client.lock('lock', ttl=20)
    second = client.lock('lock', ttl=20)
    check(first.acquire(timeout=WAIT_SECONDS), True)
    check(second.acquire(timeout=1), False)
    waiting = threading.Thread(
        target=lambda: order.append(second.acquire(timeout=WAIT_SECONDS)), daemon=True
    )
    waiting.start()
    # This client looks, and then watches: a release between the two goes unheard.
    time.sleep(0.5)
    first.release()
    waiting.join(WAIT_SECONDS)
    check((order, second.is_acquired()), ([True], True))
    second.release()


def maintenance(client):
    status = client.status()
    check(status.version.startswith('3.'), True)
    check(status.leader.name, 'member')
    check([member.name for member in client.members], ['member'])
    check(isinstance(client.hash(), int), True)
    check(list(client.list_alarms()), [])
    client.defragment()
    client.put('compact/a', '1')
    revision = client.get('compact/a')[1].mod_revision
    client.compact(revision)
    iterator, cancel = client.watch('compact/a', start_revision=1)
    try:
        next(iterator)
        raise AssertionError('a watch from before the compaction was served')
    except etcd3.exceptions.RevisionCompactedError as error:
        check(error.compacted_revision, revision)
    cancel()


def main():
    client = etcd3.client(host=sys.argv[1], port=int(sys.argv[2]), timeout=WAIT_SECONDS)
    for part in (keys_and_values, ranges, transactions, watches, leases, locks, maintenance):
        part(client)
        print('passed:', part.__name__, flush=True)


main()

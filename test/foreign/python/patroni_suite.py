"""Drives a server with Patroni's own etcd3 store, as two Patroni nodes drive it; no PostgreSQL takes part.

Usage: patroni_suite.py HOST PORT. Prints what Patroni made of every answer, without times, ids and
addresses, so that the transcripts of two servers can be compared; a failure ends it with a traceback.
"""

import json
import logging
import sys
import threading
import time

import urllib3
from patroni.dcs import get_dcs
from patroni.dcs.etcd3 import Etcd3Error, InvalidAuthToken, LeaseNotFound

WAIT_SECONDS = 5
TTL_SECONDS = 30

logging.basicConfig(level=logging.CRITICAL)


def say(what, found):
    print(f'{what}: {found}', flush=True)


def node(address, name, **settings):
    config = {
        'scope': 'batman', 'namespace': '/service/', 'name': name,
        'ttl': TTL_SECONDS, 'loop_wait': 10, 'retry_timeout': 5,
        'etcd3': {'host': address, **settings},
    }
    return get_dcs(config)


def cluster_of(store):
    """Everything that Patroni reads out of the store."""
    found = store.get_cluster()
    return {
        'initialize': found.initialize,
        'config': found.config and found.config.data,
        'leader': found.leader and found.leader.name,
        'leader member': found.leader and found.leader.member.data,
        'leader is mine': bool(found.leader) and found.leader.session == store._lease,
        'members': sorted((member.name, json.dumps(member.data)) for member in found.members),
        'failover': found.failover and (found.failover.leader, found.failover.candidate),
        'sync': (found.sync.leader, found.sync.sync_standby, found.sync.quorum),
        'history': found.history and found.history.lines,
        'lsn': found.status.last_lsn,
        'failsafe': found.failsafe,
    }


def eventually(store, what, condition):
    """Waits for the store's watch to bring a state."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition(store.get_cluster()):
        if time.monotonic() > deadline:
            raise AssertionError(f'{what} did not come: {cluster_of(store)}')
        time.sleep(0.01)
    say(what, 'came by watch')


def bootstrap(one, two):
    say('empty', cluster_of(one))
    say('initialize', bool(one.initialize(create_new=True, sysid='1234567890')))
    say('initialize again', two.initialize(create_new=True, sysid='9'))
    say('cancel initialization', bool(one.cancel_initialization()))
    say('initialize after the cancellation', bool(two.initialize(create_new=True, sysid='42')))
    say('initialize, overwritten', bool(one.initialize(create_new=False, sysid='43')))
    say('config', one.set_config_value('{"ttl": 30, "postgresql": {"parameters": {"max_connections": 100}}}'))
    config = one.get_cluster().config
    say('config, stale version', one.set_config_value('{"ttl": 20}', version='1'))
    say('config, right version', one.set_config_value('{"ttl": 25}', version=config.modify_version))
    say('after bootstrap', cluster_of(one))


def members(one, two):
    say('touch one', one.touch_member({'role': 'master', 'state': 'running', 'xlog_location': 100}))
    say('touch two', two.touch_member({'role': 'replica', 'state': 'running'}))
    say('touch two, nothing new', two.touch_member({'role': 'replica', 'state': 'running'}))
    eventually(one, 'both members', lambda cluster: len(cluster.members) == 2)
    say('members', cluster_of(one))


def leader_race(one, two):
    won = {}
    start = threading.Barrier(2)

    def run(store, name):
        start.wait()
        won[name] = bool(store.attempt_to_acquire_leader())

    racers = [threading.Thread(target=run, args=each) for each in ((one, 'one'), (two, 'two'))]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    say('winners of the race', sum(won.values()))
    winner = one if won['one'] else two
    winner.delete_leader(winner.get_cluster().leader)
    eventually(two, 'no leader', lambda cluster: cluster.leader is None)
    eventually(one, 'no leader', lambda cluster: cluster.leader is None)


def leading(one, two):
    say('acquire', bool(one.attempt_to_acquire_leader()))
    say('acquire, taken', bool(two.attempt_to_acquire_leader()))
    eventually(two, 'the leader', lambda cluster: cluster.leader is not None)
    say('update leader', one.update_leader(one.get_cluster(), 4711, {'slot': 5}, {'one': 'http://one'}))
    eventually(two, 'its position', lambda cluster: cluster.status.last_lsn == 4711)
    eventually(two, 'its failsafe', lambda cluster: cluster.failsafe is not None)
    say('as the leader sees it', cluster_of(one))
    say('as the replica sees it', cluster_of(two))
    say('delete, not mine', two.delete_leader(one.get_cluster().leader))
    lost = one._lease
    one._client.call_rpc('/lease/revoke', {'ID': lost})
    eventually(two, 'the lease and its keys gone', lambda cluster: cluster.leader is None and len(cluster.members) == 1)
    try:
        one._client.put(one.leader_path, 'one', lost)
    except LeaseNotFound as error:
        say('put with the lost lease', error)
    say('acquire with the lost lease', bool(one.attempt_to_acquire_leader()))
    say('a new lease', one._lease != lost)
    eventually(two, 'the leader', lambda cluster: cluster.leader is not None)
    old = one._lease
    one._lease = one._client.lease_grant(TTL_SECONDS)
    say('update leader with another lease', one.update_leader(one.get_cluster(), 4712))
    say('the key moved', one.get_cluster().leader.session == one._lease != old)
    say('take leader', bool(two.take_leader()))
    eventually(one, 'the usurper', lambda cluster: cluster.leader is not None and cluster.leader.name == 'two')
    say('update leader, lost', one._client.txn(
        {'key': 'L3NlcnZpY2UvYmF0bWFuL2xlYWRlcg==', 'target': 'VALUE', 'value': 'b25l'},
        {'request_put': {'key': 'L3NlcnZpY2UvYmF0bWFuL2xlYWRlcg==', 'value': 'b25l'}}))


def watching(one, two):
    woken = []
    one.event.clear()
    waiting = threading.Thread(target=lambda: woken.append(one.watch('1', WAIT_SECONDS)))
    waiting.start()
    say('delete leader', two.delete_leader(two.get_cluster().leader, 4713))
    waiting.join()
    say('the watch wakes', woken)
    eventually(one, 'no leader', lambda cluster: cluster.leader is None)
    one.event.clear()
    say('the watch times out', one.watch(None, 0.1))
    one._client._kv_cache.kill_stream()
    say('acquire after the stream was cut', bool(two.attempt_to_acquire_leader()))
    eventually(one, 'the leader', lambda cluster: cluster.leader is not None and cluster.leader.name == 'two')


def planned_changes(one, two):
    say('failover', one.manual_failover('two', 'one'))
    eventually(two, 'the failover', lambda cluster: cluster.failover is not None)
    failover = one.get_cluster().failover
    say('failover, stale', one.manual_failover('two', '', version='1'))
    say('failover, cleared', one.manual_failover('', '', version=failover.version))
    say('history', one.set_history_value('[[1, 2, "no recovery target specified", "2026-01-01"]]'))
    sync = one.write_sync_state('one', ['two'], 0)
    say('sync', (sync.leader, sync.sync_standby, sync.quorum))
    say('sync, stale', one.write_sync_state('two', [], 0, version='1'))
    next_sync = one.write_sync_state('one', [], 0, version=sync.version)
    say('planned', cluster_of(one))
    say('delete sync, stale', one.delete_sync_state(version=sync.version))
    say('delete sync', bool(one.delete_sync_state(version=next_sync.version)))
    say('delete cluster', sorted(one.delete_cluster()))
    eventually(two, 'an empty cluster', lambda cluster: cluster.is_unlocked() and not cluster.members)


def raw(address, path, body, token=None):
    """Calls the gateway as an operator with curl would."""
    headers = {'Content-Type': 'application/json', **({'Authorization': token} if token else {})}
    answer = urllib3.PoolManager().request('POST', f'http://{address}{path}', headers=headers, body=json.dumps(body))
    return {key: value for key, value in sorted(json.loads(answer.data).items()) if key not in ('header', 'error')}


def authentication(address, one):
    for path, body in (
        ('user/add', {'name': 'root', 'password': 'secret'}),
        ('role/add', {'name': 'root'}),
        ('user/grant', {'user': 'root', 'role': 'root'}),
        ('user/add', {'name': 'patroni', 'password': 'pg'}),
        ('role/add', {'name': 'patroni'}),
        ('role/grant', {'name': 'patroni', 'perm': {
            'permType': 'READWRITE', 'key': 'L3NlcnZpY2Uv', 'range_end': 'L3NlcnZpY2Uw'}}),
        ('user/grant', {'user': 'patroni', 'role': 'patroni'}),
        ('enable', {}),
    ):
        say(path, raw(address, f'/v3/auth/{path}', body))
    say('without a user', one.touch_member({'role': 'lost'}))
    three = node(address, 'three', username='patroni', password='pg')
    say('touch with a user', three.touch_member({'role': 'replica'}))
    say('acquire with a user', bool(three.attempt_to_acquire_leader()))
    say('update with a user', three.update_leader(three.get_cluster(), 1))
    three._client._token = 'nonsense'
    say('acquire again with a wrong token', bool(three.attempt_to_acquire_leader()))
    three._client._token = 'nonsense'
    try:
        three._client.call_rpc('/kv/range', {'key': 'L3NlcnZpY2Uv'})
    except InvalidAuthToken as error:
        say('a wrong token', error)
    say('a key out of bounds', three._client.authenticate() and raw(
        address, '/v3/kv/range', {'key': 'YQ=='}, three._client._token))
    eventually(three, 'its own leadership', lambda cluster: cluster.leader is not None)
    try:
        node(address, 'four', username='patroni', password='wrong')
    except SystemExit as error:
        say('a wrong password', error)
    token = raw(address, '/v3/auth/authenticate', {'name': 'root', 'password': 'secret'})['token']
    say('disable', raw(address, '/v3/auth/disable', {}, token))
    say('without a user again', one.touch_member({'role': 'back'}))


def main():
    address = f'{sys.argv[1]}:{sys.argv[2]}'
    one, two = node(address, 'one'), node(address, 'two')
    for part in (bootstrap, members, leader_race, leading, watching, planned_changes):
        part(one, two)
        print(f'passed: {part.__name__}', flush=True)
    authentication(address, one)
    print('passed: authentication', flush=True)


if __name__ == '__main__':
    try:
        main()
    except Etcd3Error as error:
        sys.exit(f'the store gave up: {error}')

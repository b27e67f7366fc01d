package main

import (
	"errors"
	"strconv"
	"sync"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/concurrency"
)

func (s *suite) session() *concurrency.Session {
	session, err := concurrency.NewSession(s.client, concurrency.WithTTL(10), concurrency.WithContext(s.ctx))
	check(err)
	return session
}

func mutexes(s *suite) {
	first, second := s.session(), s.session()
	held := concurrency.NewMutex(first, "mutex/")
	waiting := concurrency.NewMutex(second, "mutex/")
	check(held.Lock(s.ctx))
	if err := waiting.TryLock(s.ctx); !errors.Is(err, concurrency.ErrLocked) {
		fail("expected a held lock, found %v", err)
	}
	owner, err := s.client.Txn(s.ctx).If(held.IsOwner()).Then(clientv3.OpPut("fenced", "1")).Commit()
	check(err)
	equal(owner.Succeeded, true)
	acquired := make(chan error)
	go func() { acquired <- waiting.Lock(s.ctx) }()
	// The end of the holder's session frees the lock.
	check(first.Close())
	check(<-acquired)
	owner, err = s.client.Txn(s.ctx).If(held.IsOwner()).Commit()
	check(err)
	equal(owner.Succeeded, false)
	check(waiting.Unlock(s.ctx))
	check(second.Close())
}

func elections(s *suite) {
	first, second := s.session(), s.session()
	one := concurrency.NewElection(first, "election")
	two := concurrency.NewElection(second, "election")
	check(one.Campaign(s.ctx, "one"))
	observed := two.Observe(s.ctx)
	equal(string((<-observed).Kvs[0].Value), "one")
	elected := make(chan error)
	go func() { elected <- two.Campaign(s.ctx, "two") }()
	check(one.Proclaim(s.ctx, "one again"))
	equal(string((<-observed).Kvs[0].Value), "one again")
	check(one.Resign(s.ctx))
	check(<-elected)
	leader, err := one.Leader(s.ctx)
	check(err)
	equal(pairs(leader)[0][len(pairs(leader)[0])-3:], "two")
	check(second.Close())
	_, err = one.Leader(s.ctx)
	if !errors.Is(err, concurrency.ErrElectionNoLeader) {
		fail("expected no leader, found %v", err)
	}
	check(first.Close())
}

func softwareTransactions(s *suite) {
	s.put("stm/counter", "0")
	increment := func(stm concurrency.STM) error {
		count, err := strconv.Atoi(stm.Get("stm/counter"))
		stm.Put("stm/counter", strconv.Itoa(count+1))
		return err
	}
	var group sync.WaitGroup
	for range 5 {
		group.Go(func() {
			for range 4 {
				_, err := concurrency.NewSTM(s.client, increment, concurrency.WithAbortContext(s.ctx))
				check(err)
			}
		})
	}
	group.Wait()
	equal(pairs(s.get("stm/counter")), []string{"stm/counter=20"})
}

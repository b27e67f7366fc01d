package main

import (
	"errors"
	"fmt"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/leasing"
	"go.etcd.io/etcd/client/v3/mirror"
	"go.etcd.io/etcd/client/v3/namespace"
	"go.etcd.io/etcd/client/v3/ordering"
)

func mirrors(s *suite) {
	const keys = 2_500 // More than two of the mirror's pages of 1,000.
	for first := 0; first < keys; first += 100 {
		puts := make([]clientv3.Op, 100)
		for at := range puts {
			puts[at] = clientv3.OpPut(fmt.Sprintf("mirror/%05d", first+at), "1")
		}
		_, err := s.client.Txn(s.ctx).Then(puts...).Commit()
		check(err)
	}
	syncer := mirror.NewSyncer(s.client, "mirror/", 0)
	base, failures := syncer.SyncBase(s.ctx)
	found := 0
	for response := range base {
		found += len(response.Kvs)
	}
	check(<-failures)
	equal(found, keys)
	s.put("mirror/late", "2")
	equal(next(s, syncer.SyncUpdates(s.ctx), 1), []string{"PUT mirror/late=2"})
}

func namespaces(s *suite) {
	kv := namespace.NewKV(s.client.KV, "space/")
	_, err := kv.Put(s.ctx, "a", "1")
	check(err)
	equal(pairs(s.get("space/a")), []string{"space/a=1"})
	inside, err := kv.Get(s.ctx, "", clientv3.WithPrefix())
	check(err)
	equal(pairs(inside), []string{"a=1"})
	watcher := namespace.NewWatcher(s.client.Watcher, "space/")
	watch := watcher.Watch(s.ctx, "a", clientv3.WithRev(inside.Kvs[0].ModRevision))
	equal(next(s, watch, 1), []string{"PUT a=1"})
	transacted, err := kv.Txn(s.ctx).
		If(clientv3.Compare(clientv3.Value("a"), "=", "1")).
		Then(clientv3.OpDelete("a"), clientv3.OpPut("b", "2")).Commit()
	check(err)
	equal(transacted.Succeeded, true)
	equal(pairs(s.get("space/", clientv3.WithPrefix())), []string{"space/b=2"})
}

func orderings(s *suite) {
	violation := errors.New("revisions went back")
	kv := ordering.NewKV(s.client.KV, func(clientv3.Op, clientv3.OpResponse, int64) error { return violation })
	for at := range 20 {
		s.put("ordering/a", fmt.Sprint(at))
		response, err := kv.Get(s.ctx, "ordering/a", clientv3.WithSerializable())
		check(err)
		equal(pairs(response), []string{fmt.Sprintf("ordering/a=%d", at)})
	}
}

func leasings(s *suite) {
	first, closeFirst, err := leasing.NewKV(s.client, "leasing/")
	check(err)
	second, closeSecond, err := leasing.NewKV(s.client, "leasing/")
	check(err)
	s.put("leased", "1")
	for range 3 {
		response, err := first.Get(s.ctx, "leased")
		check(err)
		equal(pairs(response), []string{"leased=1"})
	}
	// The second writer takes the key's lease away from the first, whose next read is fresh.
	_, err = second.Put(s.ctx, "leased", "2")
	check(err)
	response, err := first.Get(s.ctx, "leased")
	check(err)
	equal(pairs(response), []string{"leased=2"})
	_, err = first.Txn(s.ctx).
		If(clientv3.Compare(clientv3.Value("leased"), "=", "2")).
		Then(clientv3.OpDelete("leased")).Commit()
	check(err)
	response, err = second.Get(s.ctx, "leased")
	check(err)
	equal(len(response.Kvs), 0)
	closeFirst()
	closeSecond()
}

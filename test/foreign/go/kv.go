package main

import (
	"errors"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"
)

func plainKeys(s *suite) {
	first := s.put("kv/a", "1")
	response, err := s.client.Put(s.ctx, "kv/a", "2", clientv3.WithPrevKV())
	check(err)
	equal(string(response.PrevKv.Value), "1")
	equal(response.Header.Revision, first+1)
	equal(pairs(s.get("kv/a")), []string{"kv/a=2"})
	equal(pairs(s.get("kv/a", clientv3.WithSerializable())), []string{"kv/a=2"})
	equal(pairs(s.get("kv/a", clientv3.WithRev(first))), []string{"kv/a=1"})
	kv := s.get("kv/a").Kvs[0]
	equal([]int64{kv.CreateRevision, kv.ModRevision, kv.Version}, []int64{first, first + 1, 2})
	s.put("kv/a", "", clientv3.WithIgnoreValue())
	equal(s.get("kv/a").Kvs[0].Version, int64(3))
	s.put("kv/empty", "")
	equal(pairs(s.get("kv/empty")), []string{"kv/empty="})
	deleted, err := s.client.Delete(s.ctx, "kv/", clientv3.WithPrefix(), clientv3.WithPrevKV())
	check(err)
	equal(deleted.Deleted, int64(2))
	equal(string(deleted.PrevKvs[0].Value), "2")
	equal(s.get("kv/", clientv3.WithPrefix()).Count, int64(0))
}

func rangeOptions(s *suite) {
	for _, pair := range [][2]string{{"a", "3"}, {"b", "1"}, {"c", "2"}, {"a", "4"}} {
		s.put("range/"+pair[0], pair[1])
	}
	prefix := clientv3.WithPrefix()
	in := func(options ...clientv3.OpOption) []string {
		return pairs(s.get("range/", append(options, prefix)...))
	}
	equal(in(), []string{"range/a=4", "range/b=1", "range/c=2"})
	equal(in(clientv3.WithKeysOnly()), []string{"range/a=", "range/b=", "range/c="})
	sorted := func(target clientv3.SortTarget, order clientv3.SortOrder) []string {
		return in(clientv3.WithSort(target, order))
	}
	equal(sorted(clientv3.SortByKey, clientv3.SortDescend)[0], "range/c=2")
	equal(sorted(clientv3.SortByValue, clientv3.SortAscend)[0], "range/b=1")
	equal(sorted(clientv3.SortByVersion, clientv3.SortDescend)[0], "range/a=4")
	equal(sorted(clientv3.SortByCreateRevision, clientv3.SortDescend)[0], "range/c=2")
	equal(sorted(clientv3.SortByModRevision, clientv3.SortDescend)[0], "range/a=4")
	limited := s.get("range/", prefix, clientv3.WithLimit(2))
	equal(pairs(limited), []string{"range/a=4", "range/b=1"})
	equal([]any{limited.More, limited.Count}, []any{true, int64(3)})
	counted := s.get("range/", prefix, clientv3.WithCountOnly())
	equal([]any{counted.Count, len(counted.Kvs)}, []any{int64(3), 0})
	equal(pairs(s.get("range/a", clientv3.WithRange("range/c"))), []string{"range/a=4", "range/b=1"})
	fromKey := s.get("range/b", clientv3.WithFromKey(), clientv3.WithLimit(2))
	equal(pairs(fromKey), []string{"range/b=1", "range/c=2"})
	equal(pairs(s.get("range/", clientv3.WithFirstKey()...)), []string{"range/a=4"})
	equal(pairs(s.get("range/", clientv3.WithLastKey()...)), []string{"range/c=2"})
	equal(pairs(s.get("range/", clientv3.WithFirstRev()...)), []string{"range/b=1"})
	equal(pairs(s.get("range/", clientv3.WithLastRev()...)), []string{"range/a=4"})
	equal(pairs(s.get("range/", clientv3.WithLastCreate()...)), []string{"range/c=2"})
}

func revisionFilters(s *suite) {
	first := s.put("filter/a", "1")
	s.put("filter/b", "1")
	last := s.put("filter/a", "2")
	in := func(option clientv3.OpOption) []string {
		return pairs(s.get("filter/", clientv3.WithPrefix(), option))
	}
	equal(in(clientv3.WithMinModRev(last)), []string{"filter/a=2"})
	equal(in(clientv3.WithMaxModRev(first+1)), []string{"filter/b=1"})
	equal(in(clientv3.WithMinCreateRev(first+1)), []string{"filter/b=1"})
	equal(in(clientv3.WithMaxCreateRev(first)), []string{"filter/a=2"})
	equal(in(clientv3.WithRev(first)), []string{"filter/a=1"})
}

func transactions(s *suite) {
	created := s.put("txn/a", "1")
	succeeds := func(compares ...clientv3.Cmp) bool {
		response, err := s.client.Txn(s.ctx).If(compares...).Commit()
		check(err)
		return response.Succeeded
	}
	equal(succeeds(
		clientv3.Compare(clientv3.Value("txn/a"), "=", "1"),
		clientv3.Compare(clientv3.Value("txn/a"), "<", "2"),
		clientv3.Compare(clientv3.Version("txn/a"), "=", 1),
		clientv3.Compare(clientv3.CreateRevision("txn/a"), "=", created),
		clientv3.Compare(clientv3.ModRevision("txn/a"), ">", created-1),
		clientv3.Compare(clientv3.LeaseValue("txn/a"), "=", 0),
		clientv3.Compare(clientv3.Version("txn/missing"), "=", 0),
		clientv3.Compare(clientv3.Value("txn/"), "!=", "9").WithPrefix(),
	), true)
	equal(succeeds(clientv3.Compare(clientv3.Value("txn/missing"), "=", "")), false)
	equal(succeeds(clientv3.Compare(clientv3.Value("txn/").WithPrefix(), "=", "2")), false)
	response, err := s.client.Txn(s.ctx).
		If(clientv3.Compare(clientv3.Value("txn/a"), "=", "2")).
		Then(clientv3.OpPut("txn/a", "no")).
		Else(
			clientv3.OpPut("txn/b", "2", clientv3.WithPrevKV()),
			clientv3.OpGet("txn/", clientv3.WithPrefix()),
			clientv3.OpDelete("txn/a", clientv3.WithPrevKV()),
			clientv3.OpGet("txn/a"),
		).Commit()
	check(err)
	equal(response.Succeeded, false)
	equal(len(response.Responses), 4)
	seen := (*clientv3.GetResponse)(response.Responses[1].GetResponseRange())
	equal(pairs(seen), []string{"txn/a=1", "txn/b=2"})
	equal(response.Responses[2].GetResponseDeleteRange().Deleted, int64(1))
	equal(response.Responses[3].GetResponseRange().Count, int64(0))
	kv := s.get("txn/b").Kvs[0]
	equal(kv.ModRevision, response.Header.Revision)
}

func nestedTransactions(s *suite) {
	exists := clientv3.Compare(clientv3.Version("nested/a"), ">", 0)
	response, err := s.client.Txn(s.ctx).Then(
		clientv3.OpPut("nested/a", "1"),
		clientv3.OpTxn(
			[]clientv3.Cmp{exists},
			[]clientv3.Op{clientv3.OpPut("nested/b", "then")},
			[]clientv3.Op{clientv3.OpPut("nested/b", "else")},
		),
	).Commit()
	check(err)
	equal(response.Succeeded, true)
	inner := response.Responses[1].GetResponseTxn()
	// Conditions of every branch are judged before any of the transaction's writes.
	equal(inner.Succeeded, false)
	equal(pairs(s.get("nested/", clientv3.WithPrefix())), []string{"nested/a=1", "nested/b=else"})
}

func typedErrors(s *suite) {
	expect := func(found, expected error) {
		if !errors.Is(found, expected) {
			fail("expected %v, found %v", expected, found)
		}
	}
	_, err := s.client.Get(s.ctx, "a", clientv3.WithRev(1<<40))
	expect(err, rpctypes.ErrFutureRev)
	_, err = s.client.Compact(s.ctx, 1<<40)
	expect(err, rpctypes.ErrFutureRev)
	_, err = s.client.Put(s.ctx, "", "value")
	expect(err, rpctypes.ErrEmptyKey)
	_, err = s.client.Put(s.ctx, "errors/missing", "", clientv3.WithIgnoreValue())
	expect(err, rpctypes.ErrKeyNotFound)
	_, err = s.client.Put(s.ctx, "a", "b", clientv3.WithLease(12345))
	expect(err, rpctypes.ErrLeaseNotFound)
	_, err = s.client.Revoke(s.ctx, 12345)
	expect(err, rpctypes.ErrLeaseNotFound)
	twice := []clientv3.Op{clientv3.OpPut("errors/a", "1"), clientv3.OpPut("errors/a", "2")}
	_, err = s.client.Txn(s.ctx).Then(twice...).Commit()
	expect(err, rpctypes.ErrDuplicateKey)
	many := make([]clientv3.Op, 129)
	for at := range many {
		many[at] = clientv3.OpGet("errors/a")
	}
	_, err = s.client.Txn(s.ctx).Then(many...).Commit()
	expect(err, rpctypes.ErrTooManyOps)
	_, err = s.client.Put(s.ctx, "errors/large", string(make([]byte, 1_800_000)))
	expect(err, rpctypes.ErrRequestTooLarge)
}

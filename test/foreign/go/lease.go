package main

import (
	"errors"
	"time"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"
)

func leases(s *suite) {
	granted, err := s.client.Grant(s.ctx, 60)
	check(err)
	equal(granted.TTL, int64(60))
	s.put("lease/a", "1", clientv3.WithLease(granted.ID))
	s.put("lease/b", "1", clientv3.WithLease(granted.ID))
	s.put("lease/a", "2", clientv3.WithIgnoreLease())
	equal(clientv3.LeaseID(s.get("lease/a").Kvs[0].Lease), granted.ID)
	alive, err := s.client.TimeToLive(s.ctx, granted.ID, clientv3.WithAttachedKeys())
	check(err)
	equal([]any{alive.GrantedTTL, len(alive.Keys)}, []any{int64(60), 2})
	equal(alive.TTL > 50 && alive.TTL <= 60, true)
	once, err := s.client.KeepAliveOnce(s.ctx, granted.ID)
	check(err)
	equal(once.TTL, int64(60))
	renewals, err := s.client.KeepAlive(s.ctx, granted.ID)
	check(err)
	equal((<-renewals).ID, granted.ID)
	// A put without the lease detaches the key.
	s.put("lease/b", "2")
	all, err := s.client.Leases(s.ctx)
	check(err)
	found := false
	for _, status := range all.Leases {
		found = found || status.ID == granted.ID
	}
	equal(found, true)
	_, err = s.client.Revoke(s.ctx, granted.ID)
	check(err)
	equal(pairs(s.get("lease/", clientv3.WithPrefix())), []string{"lease/b=2"})
	gone, err := s.client.TimeToLive(s.ctx, granted.ID)
	check(err)
	equal(gone.TTL, int64(-1))
	_, err = s.client.KeepAliveOnce(s.ctx, granted.ID)
	if !errors.Is(err, rpctypes.ErrLeaseNotFound) {
		fail("expected a missing lease, found %v", err)
	}
}

func leaseExpiry(s *suite) {
	watch := s.client.Watch(s.ctx, "expiry/", clientv3.WithPrefix())
	kept, err := s.client.Grant(s.ctx, 2)
	check(err)
	_, err = s.client.KeepAlive(s.ctx, kept.ID)
	check(err)
	left, err := s.client.Grant(s.ctx, 2)
	check(err)
	began := time.Now()
	s.put("expiry/kept", "1", clientv3.WithLease(kept.ID))
	s.put("expiry/left", "1", clientv3.WithLease(left.ID))
	equal(next(s, watch, 3)[2], "DELETE expiry/left=")
	equal(time.Since(began) > 1500*time.Millisecond, true)
	equal(pairs(s.get("expiry/", clientv3.WithPrefix())), []string{"expiry/kept=1"})
	_, err = s.client.Revoke(s.ctx, kept.ID)
	check(err)
}

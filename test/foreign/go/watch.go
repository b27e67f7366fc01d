package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"
)

// next collects so many events of a watch, as texts.
func next(s *suite, watch clientv3.WatchChan, count int) []string {
	found := []string{}
	for len(found) < count {
		select {
		case response, open := <-watch:
			if !open {
				fail("the watch ended after %d of %d events", len(found), count)
			}
			check(response.Err())
			for _, event := range response.Events {
				previous := ""
				if event.PrevKv != nil {
					previous = " was " + string(event.PrevKv.Value)
				}
				text := fmt.Sprintf("%s %s=%s%s", event.Type, event.Kv.Key, event.Kv.Value, previous)
				found = append(found, text)
			}
		case <-s.ctx.Done():
			fail("only %d of %d events came: %v", len(found), count, found)
		}
	}
	return found
}

func watches(s *suite) {
	created := s.client.Watch(s.ctx, "watch/", clientv3.WithPrefix(), clientv3.WithPrevKV(), clientv3.WithCreatedNotify())
	equal((<-created).Created, true)
	first := s.put("watch/a", "1")
	_, err := s.client.Txn(s.ctx).Then(clientv3.OpPut("watch/a", "2"), clientv3.OpPut("watch/b", "2")).Commit()
	check(err)
	_, err = s.client.Delete(s.ctx, "watch/a")
	check(err)
	equal(next(s, created, 4), []string{
		"PUT watch/a=1", "PUT watch/a=2 was 1", "PUT watch/b=2", "DELETE watch/a= was 2",
	})
	late := s.client.Watch(s.ctx, "watch/a", clientv3.WithRev(first))
	equal(next(s, late, 3), []string{"PUT watch/a=1", "PUT watch/a=2", "DELETE watch/a="})
	middle := s.client.Watch(s.ctx, "watch/a", clientv3.WithRange("watch/b"), clientv3.WithRev(first+1))
	equal(next(s, middle, 2), []string{"PUT watch/a=2", "DELETE watch/a="})
	// A watch from a revision to come waits for it.
	future := s.client.Watch(s.ctx, "watch/future", clientv3.WithRev(first+5))
	s.put("watch/future", "early")
	s.put("watch/future", "early")
	s.put("watch/future", "late")
	equal(next(s, future, 1), []string{"PUT watch/future=late"})
}

func watchFiltersAndProgress(s *suite) {
	puts := s.client.Watch(s.ctx, "watch-filter/a", clientv3.WithFilterDelete())
	deletes := s.client.Watch(s.ctx, "watch-filter/a", clientv3.WithFilterPut())
	s.get("watch-filter/a")
	revision := s.put("watch-filter/a", "1")
	_, err := s.client.Delete(s.ctx, "watch-filter/a")
	check(err)
	s.put("watch-filter/a", "2")
	equal(next(s, puts, 2), []string{"PUT watch-filter/a=1", "PUT watch-filter/a=2"})
	equal(next(s, deletes, 1), []string{"DELETE watch-filter/a="})

	// Progress speaks for a whole stream, so it is asked for on a stream of its own.
	ctx := clientv3.WithRequireLeader(s.ctx)
	quiet := s.client.Watch(ctx, "watch-filter/quiet", clientv3.WithCreatedNotify())
	<-quiet
	for tick := time.NewTicker(50 * time.Millisecond); ; {
		check(s.client.RequestProgress(ctx))
		select {
		case response := <-quiet:
			equal(response.IsProgressNotify(), true)
			equal(response.Header.Revision >= revision, true)
			tick.Stop()
			return
		case <-tick.C:
		}
	}
}

func watchFragments(s *suite) {
	value := strings.Repeat("v", 700_000)
	first := s.put("fragment/0", value)
	for at := 1; at < 6; at++ {
		s.put(fmt.Sprintf("fragment/%d", at), value)
	}
	watch := s.client.Watch(s.ctx, "fragment/", clientv3.WithPrefix(), clientv3.WithRev(first), clientv3.WithFragment())
	equal(len(next(s, watch, 6)), 6)
}

func watchCompacted(s *suite) {
	first := s.put("compacted/a", "1")
	last := s.put("compacted/a", "2")
	_, err := s.client.Compact(s.ctx, last, clientv3.WithCompactPhysical())
	check(err)
	response := <-s.client.Watch(s.ctx, "compacted/a", clientv3.WithRev(first))
	equal([]any{response.Canceled, response.CompactRevision}, []any{true, last})
	if !errors.Is(response.Err(), rpctypes.ErrCompacted) {
		fail("expected a compaction, found %v", response.Err())
	}
	_, err = s.client.Get(s.ctx, "compacted/a", clientv3.WithRev(first))
	if !errors.Is(err, rpctypes.ErrCompacted) {
		fail("expected a compaction, found %v", err)
	}
	ctx, cancel := context.WithCancel(s.ctx)
	watch := s.client.Watch(ctx, "compacted/a", clientv3.WithRev(last))
	equal(next(s, watch, 1), []string{"PUT compacted/a=2"})
	cancel()
	for range watch {
	}
}

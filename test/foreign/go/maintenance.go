package main

import (
	"strings"

	clientv3 "go.etcd.io/etcd/client/v3"
)

func maintenance(s *suite) {
	endpoint := s.client.Endpoints()[0]
	revision := s.put("maintenance/a", "1")
	status, err := s.client.Status(s.ctx, endpoint)
	check(err)
	equal(strings.HasPrefix(status.Version, "3."), true)
	equal([]any{status.Leader, status.IsLearner}, []any{status.Header.MemberId, false})
	equal(status.Header.Revision >= revision, true)
	equal(status.DbSize > 0 && status.RaftIndex > 0 && status.RaftTerm > 0, true)
	now, err := s.client.HashKV(s.ctx, endpoint, 0)
	check(err)
	same, err := s.client.HashKV(s.ctx, endpoint, revision)
	check(err)
	equal(same.Hash, now.Hash)
	s.put("maintenance/a", "2")
	later, err := s.client.HashKV(s.ctx, endpoint, 0)
	check(err)
	equal(later.Hash != now.Hash, true)
	earlier, err := s.client.HashKV(s.ctx, endpoint, revision)
	check(err)
	equal(earlier.Hash, now.Hash)
	alarms, err := s.client.AlarmList(s.ctx)
	check(err)
	equal(len(alarms.Alarms), 0)
	_, err = s.client.Defragment(s.ctx, endpoint)
	check(err)
	equal(pairs(s.get("maintenance/a")), []string{"maintenance/a=2"})
}

func cluster(s *suite) {
	response, err := s.client.MemberList(s.ctx)
	check(err)
	equal(len(response.Members), 1)
	member := response.Members[0]
	equal([]any{member.Name, member.IsLearner, len(member.ClientURLs)}, []any{"member", false, 1})
	check(s.client.Sync(s.ctx))
	equal(s.client.Endpoints(), member.ClientURLs)
	equal(pairs(s.get("maintenance/a", clientv3.WithKeysOnly())), []string{"maintenance/a="})
}

// Drives a server with etcd's own Go client: one function per part of its interface, each in a key space of
// its own. Prints one line per part that passed; a failure ends the program with what was found.
//
// Usage: foreign HOST:PORT
package main

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// A part that takes longer than this hangs.
const partTimeout = 20 * time.Second

// suite is what every part works with.
type suite struct {
	ctx    context.Context
	client *clientv3.Client
}

type part struct {
	name string
	run  func(*suite)
}

func main() {
	client, err := clientv3.New(clientv3.Config{
		Endpoints:   []string{os.Args[1]},
		DialTimeout: 5 * time.Second,
	})
	check(err)
	defer client.Close()
	parts := []part{
		{"put, get, delete", plainKeys},
		{"range options", rangeOptions},
		{"revision filters", revisionFilters},
		{"transactions", transactions},
		{"nested transactions", nestedTransactions},
		{"errors", typedErrors},
		{"watch from now and from a revision", watches},
		{"watch filters and progress", watchFiltersAndProgress},
		{"watch fragments", watchFragments},
		{"watch below a compaction", watchCompacted},
		{"leases", leases},
		{"lease expiry", leaseExpiry},
		{"sessions and mutexes", mutexes},
		{"elections", elections},
		{"software transactions", softwareTransactions},
		{"mirror", mirrors},
		{"namespace", namespaces},
		{"ordering", orderings},
		{"leasing", leasings},
		{"maintenance", maintenance},
		{"cluster", cluster},
	}
	for _, p := range parts {
		ctx, cancel := context.WithTimeout(context.Background(), partTimeout)
		p.run(&suite{ctx: ctx, client: client})
		cancel()
		fmt.Println("passed:", p.name)
	}
}

// fail ends the program, naming the line of the part that found the fault.
func fail(format string, arguments ...any) {
	for skip := 2; ; skip++ {
		_, file, line, ok := runtime.Caller(skip)
		if !ok {
			break
		}
		fmt.Fprintf(os.Stderr, "%s:%d\n", file, line)
	}
	fmt.Fprintf(os.Stderr, format+"\n", arguments...)
	os.Exit(1)
}

func check(err error) {
	if err != nil {
		fail("unexpected error: %v", err)
	}
}

func equal(found, expected any) {
	if !reflect.DeepEqual(found, expected) {
		fail("expected %#v, found %#v", expected, found)
	}
}

// put writes a key and returns the revision.
func (s *suite) put(key, value string, options ...clientv3.OpOption) int64 {
	response, err := s.client.Put(s.ctx, key, value, options...)
	check(err)
	return response.Header.Revision
}

func (s *suite) get(key string, options ...clientv3.OpOption) *clientv3.GetResponse {
	response, err := s.client.Get(s.ctx, key, options...)
	check(err)
	return response
}

// pairs shows a response as "key=value" texts.
func pairs(response *clientv3.GetResponse) []string {
	found := []string{}
	for _, kv := range response.Kvs {
		found = append(found, string(kv.Key)+"="+string(kv.Value))
	}
	return found
}

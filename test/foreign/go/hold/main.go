// Holds a lock or a leadership with etcd's concurrency package, for tests of who else gets it meanwhile. Prints
// `held KEY REVISION` when it has it, gives it up when its input ends or has a line, and prints `released`.
//
// Usage: hold HOST:PORT lock NAME
//
//	hold HOST:PORT elect NAME VALUE
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/concurrency"
)

const sessionSeconds = 10

func main() {
	ctx := context.Background()
	client, err := clientv3.New(clientv3.Config{
		Endpoints:   []string{os.Args[1]},
		DialTimeout: 5 * time.Second,
	})
	check(err)
	defer client.Close()
	session, err := concurrency.NewSession(client, concurrency.WithTTL(sessionSeconds))
	check(err)
	defer session.Close()
	switch kind, name := os.Args[2], os.Args[3]; kind {
	case "lock":
		mutex := concurrency.NewMutex(session, name)
		check(mutex.Lock(ctx))
		owner, err := client.Get(ctx, mutex.Key())
		check(err)
		fmt.Println("held", mutex.Key(), owner.Kvs[0].CreateRevision)
		waitForInput()
		check(mutex.Unlock(ctx))
	case "elect":
		election := concurrency.NewElection(session, name)
		check(election.Campaign(ctx, os.Args[4]))
		fmt.Println("held", election.Key(), election.Rev())
		waitForInput()
		check(election.Resign(ctx))
	default:
		check(fmt.Errorf("%q is neither lock nor elect", kind))
	}
	fmt.Println("released")
}

func waitForInput() {
	bufio.NewScanner(os.Stdin).Scan()
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

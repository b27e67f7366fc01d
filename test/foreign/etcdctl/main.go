// etcd's own etcdctl of the newest line, built from its module: Debian's is older than half of the commands.
package main

import "go.etcd.io/etcd/etcdctl/v3/ctlv3"

func main() { ctlv3.MustStart() }

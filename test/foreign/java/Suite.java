// Drives a server with jetcd, the Java client, and prints what it made of every answer; the transcripts of two
// servers are compared.
//
// Usage: java Suite.java HOST:PORT

import io.etcd.jetcd.*;
import io.etcd.jetcd.auth.Permission;
import io.etcd.jetcd.election.LeaderResponse;
import io.etcd.jetcd.kv.*;
import io.etcd.jetcd.op.*;
import io.etcd.jetcd.options.*;
import io.etcd.jetcd.watch.WatchEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.*;

public class Suite {
  static final int WAIT_SECONDS = 5;
  static String endpoint;

  static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  static void say(String what, Object found) {
    System.out.println(what + ": " + found);
  }

  /** Says what became of a call that may fail. */
  static void outcome(String what, CompletableFuture<?> call) {
    try {
      call.get(WAIT_SECONDS, TimeUnit.SECONDS);
      say(what, "ok");
    } catch (Exception error) {
      Throwable cause = error;
      while (cause.getCause() != null) cause = cause.getCause();
      say(what, cause.getMessage());
    }
  }

  static Client client(String user, String password) {
    ClientBuilder builder = Client.builder().endpoints(endpoint);
    if (user != null) builder.user(bytes(user)).password(bytes(password));
    return builder.build();
  }

  public static void main(String[] arguments) throws Exception {
    endpoint = "http://" + arguments[0];
    Client client = client(null, null);
    keys(client.getKVClient());
    watch(client);
    leases(client);
    coordination(client);
    maintenance(client);
    authentication(client);
    say("passed", "all");
    System.exit(0); // The client's threads are no daemons.
  }

  static void keys(KV kv) throws Exception {
    say("put", kv.put(bytes("a"), bytes("1")).get().getHeader().getRevision());
    PutOption withPrevious = PutOption.builder().withPrevKV().build();
    say("previous", kv.put(bytes("a"), bytes("2"), withPrevious).get().getPrevKv().getValue());
    for (int i = 0; i < 4; i++) kv.put(bytes("r/" + i), bytes("" + (9 - i))).get();
    GetOption sorted =
        GetOption.builder()
            .isPrefix(true)
            .withLimit(2)
            .withSortField(GetOption.SortTarget.VALUE)
            .withSortOrder(GetOption.SortOrder.ASCEND)
            .build();
    GetResponse range = kv.get(bytes("r/"), sorted).get();
    say("range", range.getCount() + " " + range.isMore() + " " + range.getKvs().get(0).getKey());
    outcome("future", kv.get(bytes("a"), GetOption.builder().withRevision(999).build()));
    outcome("no key", kv.put(bytes(""), bytes("")));
    TxnResponse txn =
        kv.txn()
            .If(
                new Cmp(bytes("a"), Cmp.Op.EQUAL, CmpTarget.value(bytes("2"))),
                new Cmp(bytes("z"), Cmp.Op.EQUAL, CmpTarget.version(0)))
            .Then(
                Op.put(bytes("t"), bytes("1"), PutOption.DEFAULT),
                Op.get(bytes("t"), GetOption.DEFAULT))
            .Else(Op.delete(bytes("a"), DeleteOption.DEFAULT))
            .commit()
            .get();
    say("transaction", txn.isSucceeded() + " " + txn.getGetResponses().get(0).getKvs().size());
    DeleteOption prefix = DeleteOption.builder().isPrefix(true).withPrevKV(true).build();
    say("deleted", kv.delete(bytes("r/"), prefix).get().getDeleted());
    kv.compact(3).get();
    outcome("compact again", kv.compact(3));
    outcome("compacted", kv.get(bytes("a"), GetOption.builder().withRevision(2).build()));
  }

  static void watch(Client client) throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    Watch.Listener listener =
        Watch.listener(
            response -> {
              if (response.isCreatedNotify()) seen.add("created");
              if (response.isProgressNotify()) seen.add("progress");
              for (WatchEvent event : response.getEvents()) {
                String value = event.getKeyValue().getValue().toString();
                seen.add(event.getEventType() + " " + value + " " + event.getPrevKV().getValue());
              }
            },
            error -> seen.add("error " + error.getMessage()),
            () -> seen.add("completed"));
    WatchOption option =
        WatchOption.builder()
            .isPrefix(true)
            .withPrevKV(true)
            .withCreateNotify(true)
            .withProgressNotify(true)
            .build();
    Watch.Watcher watcher = client.getWatchClient().watch(bytes("w"), option, listener);
    say("watch", seen.poll(WAIT_SECONDS, TimeUnit.SECONDS));
    client.getKVClient().put(bytes("w1"), bytes("x")).get();
    client.getKVClient().delete(bytes("w1")).get();
    for (int i = 0; i < 2; i++) say("watch", seen.poll(WAIT_SECONDS, TimeUnit.SECONDS));
    client.getWatchClient().requestProgress();
    say("watch", seen.poll(WAIT_SECONDS, TimeUnit.SECONDS));
    watcher.close();
    say("watch", seen.poll(WAIT_SECONDS, TimeUnit.SECONDS));
  }

  static void leases(Client client) throws Exception {
    Lease leases = client.getLeaseClient();
    long id = leases.grant(60).get().getID();
    PutOption leased = PutOption.builder().withLeaseId(id).build();
    client.getKVClient().put(bytes("l"), bytes("1"), leased).get();
    say("kept alive", leases.keepAliveOnce(id).get().getTTL());
    LeaseOption withKeys = LeaseOption.builder().withAttachedKeys().build();
    say("its keys", leases.timeToLive(id, withKeys).get().getKeys());
    leases.revoke(id).get();
    outcome("revoke again", leases.revoke(id));
    say("left", client.getKVClient().get(bytes("l")).get().getCount());
  }

  static void coordination(Client client) throws Exception {
    long lease = client.getLeaseClient().grant(60).get().getID();
    ByteSequence held = client.getLockClient().lock(bytes("lock"), lease).get().getKey();
    say("lock", held.startsWith(bytes("lock/")));
    client.getLockClient().unlock(held).get();
    Election election = client.getElectionClient();
    var leader = election.campaign(bytes("e"), lease, bytes("me")).get().getLeader();
    say("leader", election.leader(bytes("e")).get().getKv().getValue());
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    Election.Listener listener =
        new Election.Listener() {
          public void onNext(LeaderResponse response) {
            seen.add(response.getKv().getValue().toString());
          }

          public void onError(Throwable error) {
            seen.add("error " + error.getMessage());
          }

          public void onCompleted() {
            seen.add("completed");
          }
        };
    election.observe(bytes("e"), listener);
    say("observed", seen.poll(WAIT_SECONDS, TimeUnit.SECONDS));
    election.proclaim(leader, bytes("still me")).get();
    say("observed", seen.poll(WAIT_SECONDS, TimeUnit.SECONDS));
    election.resign(leader).get();
    outcome("nobody leads", election.leader(bytes("e")));
  }

  static void maintenance(Client client) throws Exception {
    Maintenance maintenance = client.getMaintenanceClient();
    say("size", maintenance.statusMember(endpoint).get().getDbSize() > 0);
    say("alarms", maintenance.listAlarms().get().getAlarms().size());
    say("hash", maintenance.hashKV(endpoint, 0).get().getHash() != 0);
    maintenance.defragmentMember(endpoint).get();
    outcome("move leader", maintenance.moveLeader(1));
    ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
    maintenance.snapshot(snapshot).get();
    say("snapshot", snapshot.size() > 4096);
    say("members", client.getClusterClient().listMember().get().getMembers().size());
    outcome("remove nobody", client.getClusterClient().removeMember(1));
  }

  static void authentication(Client client) throws Exception {
    Auth auth = client.getAuthClient();
    auth.userAdd(bytes("root"), bytes("secret")).get();
    auth.roleAdd(bytes("root")).get();
    auth.userGrantRole(bytes("root"), bytes("root")).get();
    auth.userAdd(bytes("u"), bytes("pw")).get();
    auth.roleAdd(bytes("r")).get();
    Permission.Type both = Permission.Type.READWRITE;
    auth.roleGrantPermission(bytes("r"), bytes("u/"), bytes("u0"), both).get();
    auth.userGrantRole(bytes("u"), bytes("r")).get();
    say("users", auth.userList().get().getUsers());
    say("roles", auth.roleList().get().getRoles());
    outcome("add again", auth.userAdd(bytes("u"), bytes("pw")));
    auth.authEnable().get();
    outcome("nobody", client.getKVClient().put(bytes("a"), bytes("1")));
    Client user = client("u", "pw");
    outcome("own key", user.getKVClient().put(bytes("u/1"), bytes("1")));
    outcome("other key", user.getKVClient().put(bytes("a"), bytes("1")));
    outcome("administration", user.getAuthClient().userList());
    client("root", "secret").getAuthClient().authDisable().get();
  }
}

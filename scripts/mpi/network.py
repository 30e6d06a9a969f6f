"""Ranks in network namespaces of their own, joined by a bridge whose links have a bandwidth: as if each were a machine."""
import os
import re
import subprocess
import sys

PREFIX, BRIDGE, NET = "hissns", "hissbr", "10.117.0"


def sh(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


class Network:
    """A bridge and `count` namespaces, each with one link; what is sent is limited to `gigabits` a second."""

    def __init__(self, count, gigabits, milliseconds=0.05):
        self.count = count
        self.close()
        sh("ip", "link", "add", BRIDGE, "type", "bridge")
        sh("ip", "addr", "add", f"{NET}.1/24", "dev", BRIDGE)
        sh("ip", "link", "set", BRIDGE, "up")
        for number in range(count):
            name, outer = self.name(number), f"hissv{number}"
            sh("ip", "netns", "add", name)
            sh("ip", "link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", name)
            sh("ip", "link", "set", outer, "master", BRIDGE, "up")
            for command in (("addr", "add", f"{NET}.{10 + number}/24", "dev", "eth0"), ("link", "set", "eth0", "up"), ("link", "set", "lo", "up")):
                sh("ip", "-n", name, *command)
            self.delays = self.limit(name, f"{gigabits}gbit", milliseconds)

    @staticmethod
    def limit(name, rate, milliseconds):
        """Limits what a namespace sends; returns whether it comes late too, which some kernels cannot do."""
        add = ["tc", "-n", name, "qdisc", "add", "dev", "eth0", "root"]
        try:
            sh(*add, "netem", "delay", f"{milliseconds}ms", "rate", rate, "limit", "100000")
            return True
        except subprocess.CalledProcessError:
            sh(*add, "tbf", "rate", rate, "burst", "1mb", "latency", "50ms")
            return False

    @staticmethod
    def name(number):
        return f"{PREFIX}{number}"

    def sent(self):
        """Bytes that each namespace has sent."""
        return [int(sh("ip", "netns", "exec", self.name(n), "cat", "/sys/class/net/eth0/statistics/tx_bytes")) for n in range(self.count)]

    def close(self):
        for number in range(16):
            subprocess.run(["ip", "netns", "del", self.name(number)], capture_output=True)
            subprocess.run(["ip", "link", "del", f"hissv{number}"], capture_output=True)
        subprocess.run(["ip", "link", "del", BRIDGE], capture_output=True)


def agent(work):
    """What mpirun starts its daemons with, instead of ssh: the host's name is that of a namespace."""
    path = os.path.join(work, "agent")
    with open(path, "w") as file:
        file.write("#!/usr/bin/env bash\nhost=$1; shift\n"
                   f"number=$((${{host##*.}} - 10))\n"
                   f"exec ip netns exec {PREFIX}$number unshare --uts bash -c \"hostname {PREFIX}$number; $*\"\n")
    os.chmod(path, 0o755)
    return path


def train(network, program, work, output, samples, steps):
    hosts = ",".join(f"{NET}.{10 + n}" for n in range(network.count))
    command = ["mpirun", "--host", hosts, "-n", str(network.count), "--bind-to", "none",
               "--mca", "plm", "rsh", "--mca", "plm_rsh_agent", agent(work), "--mca", "btl", "tcp,self", "--mca", "pml", "ob1",
               "--mca", "btl_tcp_if_include", f"{NET}.0/24", "--mca", "oob_tcp_if_include", f"{NET}.0/24",
               program, "train", samples, "--output", output, "--steps", str(steps), "--threads", "1", "--patience", "0", "--from", "none",
               "--cache", os.path.join(work, "cache"), "--save-every", "100000"]
    environment = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
    process = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=900)
    if process.returncode != 0:
        sys.exit(f"check-mpi: in namespaces the training ended with {process.returncode}:\n{process.stderr[-2000:]}")
    return process.stderr


def check(program, work, check, samples, weights, whole, steps):
    for count in (2, 4, 8):
        for gigabits in (1, 10):
            network = Network(count, gigabits)
            try:
                output = os.path.join(work, f"net-{count}-{gigabits}")
                before = network.sent()
                said = train(network, program, work, output, samples, steps)
                sent = [after - then for after, then in zip(network.sent(), before)]
            finally:
                network.close()
            talk = re.search(r"shared by.*", said)
            late = "" if network.delays else " (no delay: this kernel has no netem)"
            print(f"          {count} ranks, {gigabits} Gbit/s{late}: {max(sent) / steps / 1e6:.1f} MB a step and rank (all of a training, {steps} steps); "
                  f"{talk[0] if talk else ''}", flush=True)
            if count in (2, 4):
                check(weights(output) == whole, f"{count} ranks over a network of {gigabits} Gbit/s: the same bytes")

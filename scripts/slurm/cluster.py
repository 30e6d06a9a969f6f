"""A Slurm cluster on this machine alone: slurmctld, and a slurmd for each of some nodes, with a /tmp of their own as machines
have. Needs root."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

PROGRAMS = ("slurmctld", "slurmd", "munged", "sbatch", "squeue", "scontrol", "scancel")
CONFIGURATION = """ClusterName=hiss
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort=17000
AuthType=auth/munge
AuthInfo=socket={work}/munge.sock
SlurmUser=root
SlurmdUser=root
StateSaveLocation={work}/state
SlurmdSpoolDir={work}/spool-%n
SlurmctldPidFile={work}/slurmctld.pid
SlurmdPidFile={work}/slurmd-%n.pid
SlurmctldLogFile={work}/slurmctld.log
SlurmdLogFile={work}/slurmd-%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
ReturnToService=2
SlurmdTimeout=10
KillWait=20
MpiDefault=none
PlugStackConfig=/dev/null
SchedulerParameters=batch_sched_delay=1,sched_interval=2
NodeName=n[1-{count}] NodeHostname={host} NodeAddr=127.0.0.1 Port=[17001-{last}] CPUs=2 RealMemory=8000
PartitionName=all Nodes=ALL Default=YES State=UP MaxTime=INFINITE
"""


class Cluster:
    """Started by `with`; all of it ends with that."""

    def __init__(self, count):
        self.count = count
        # Not in /tmp, which each node has for itself.
        self.work = tempfile.mkdtemp(prefix="hiss-slurm-", dir="/var/tmp")

    def __enter__(self):
        host = socket.gethostname()
        configuration = os.path.join(self.work, "slurm.conf")
        with open(configuration, "w") as file:
            file.write(CONFIGURATION.format(host=host, work=self.work, count=self.count, last=17000 + self.count))
        with open(os.path.join(self.work, "cgroup.conf"), "w") as file:
            file.write("CgroupPlugin=cgroup/v1\n")
        with open(os.path.join(self.work, "munge.key"), "wb") as file:
            file.write(os.urandom(128))
        os.chmod(os.path.join(self.work, "munge.key"), 0o400)
        os.environ["SLURM_CONF"] = configuration
        try:
            own = {name: os.path.join(self.work, f"munge.{name}") for name in ("key", "sock", "pid", "log", "seed")}
            self.run("munged", "--force", f"--key-file={own['key']}", f"--socket={own['sock']}", f"--pid-file={own['pid']}",
                     f"--log-file={own['log']}", f"--seed-file={own['seed']}")
            self.run("slurmctld", "-f", configuration)
            for number in range(1, self.count + 1):
                self.start(number)
            self.wait_for(lambda: self.run("sinfo", "-h", "-o", "%T").split() == ["idle"], 30, "the nodes")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for number in range(1, self.count + 1):
            self.kill(number)
        for name in ("slurmctld.pid", "munge.pid"):
            try:
                with open(os.path.join(self.work, name)) as file:
                    os.kill(int(file.read()), 15)
            except (OSError, ValueError):
                pass
        time.sleep(1)
        shutil.rmtree(self.work, ignore_errors=True)

    def start(self, number):
        """A node: a slurmd in a mount namespace with a /tmp of its own."""
        self.run("unshare", "--mount", "bash", "-c",
                 f"mount -t tmpfs tmpfs /tmp && exec slurmd -N n{number} -f {self.work}/slurm.conf")

    def kill(self, number):
        """Ends a node as a power cut does: its slurmd, and all that it started."""
        pattern = rf"slurmd -N n{number} -f {self.work}"
        roots = subprocess.run(["pgrep", "-f", pattern], capture_output=True, text=True).stdout.split()
        namespaces = {self.namespace(pid) for pid in roots} - {None}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            if self.namespace(pid) in namespaces:
                try:
                    os.kill(int(pid), 9)
                except OSError:
                    pass

    @staticmethod
    def namespace(pid):
        try:
            return os.readlink(f"/proc/{pid}/ns/mnt")
        except OSError:
            return None

    def ranks(self, number, program):
        """The processes of a program on a node."""
        roots = subprocess.run(["pgrep", "-f", rf"slurmd -N n{number} -f {self.work}"], capture_output=True, text=True).stdout.split()
        space = next((self.namespace(pid) for pid in roots), None)
        found = subprocess.run(["pgrep", "-f", rf"^{re.escape(program)} train"], capture_output=True, text=True).stdout.split()
        return [int(pid) for pid in found if space and self.namespace(pid) == space]

    @staticmethod
    def run(*command):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"check-slurm: {command[0]} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
        return done.stdout

    @staticmethod
    def wait_for(holds, seconds, what):
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                sys.exit(f"check-slurm: {what}: nothing after {seconds} s")
            time.sleep(0.3)

    def state(self, job):
        found = re.search(r"JobState=(\w+)", subprocess.run(["scontrol", "show", "job", job], capture_output=True, text=True).stdout)
        return found[1] if found else "GONE"

"""How it ends: Ctrl-C under load."""
import multiprocessing
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from studio import ask, check, finished, keep_busy, say, Studio


def check_ends(program, short):
    """Ctrl-C, again and again, while connections come and go."""
    rounds = 5 if short else 20
    say(f"ends: Ctrl-C, {rounds} times under load")
    folder = tempfile.mkdtemp(prefix="hiss-check-ends-")
    library = os.path.join(folder, "library")
    os.makedirs(library)
    generator, slowest, codes, job = random.Random(3), 0, [], None
    try:
        for round_ in range(rounds):
            studio = Studio(program, library)
            job = job or ask(studio, 64, 1)
            stop, answers = multiprocessing.Event(), multiprocessing.Value("i", 0)
            crowd = multiprocessing.Process(target=keep_busy, args=(studio.port, studio.token, stop, answers), daemon=True)
            crowd.start()
            open_ones = [socket.create_connection(("127.0.0.1", studio.port)) for _ in range(20)]
            for connection in open_ones[:10]:
                connection.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {studio.token}\r\n\r\n".encode())
            for connection in open_ones[10:15]:
                connection.sendall(b"GET /api/v1/status HTTP/1.1\r\nHo")
            time.sleep(generator.uniform(0.2, 1.5))
            start = time.perf_counter()
            studio.process.send_signal(generator.choice([signal.SIGINT, signal.SIGTERM]))
            try:
                codes.append(studio.process.wait(15))
            except subprocess.TimeoutExpired:
                codes.append("none")
                studio.kill()
            slowest = max(slowest, time.perf_counter() - start)
            stop.set()
            crowd.join(5)
            crowd.kill()
            for connection in open_ones:
                connection.close()
        check(codes == [0] * rounds, f"it ends with 0 each time: {codes if set(codes) != {0} else rounds}")
        check(slowest < 8, f"the slowest took {slowest:.1f} s")
        studio = Studio(program, library)
        if short:
            studio.call("DELETE", "/jobs/" + job["id"])
        else:
            finished(studio, job, "ended again and again")
        studio.stop()
    finally:
        if studio.process.poll() is None:
            studio.kill()
        shutil.rmtree(folder, ignore_errors=True)

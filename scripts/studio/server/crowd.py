"""A thousand idle connections, fifty busy ones."""
import multiprocessing
import resource
import socket
import statistics
import time

from studio import check, keep_busy, say


def check_crowd(studio, short):
    say("crowd: 1,000 idle connections, 50 busy ones, 60 event streams")
    studio.wait()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))

    def latencies(seconds, pause=0.02):
        found, end = [], time.time() + seconds
        while time.time() < end:
            start = time.perf_counter()
            status, _ = studio.call("GET", "/clips?limit=20")
            if status != 200:
                check(False, f"/clips answers {status}")
            found.append(time.perf_counter() - start)
            time.sleep(pause)
        return found

    alone = latencies(2)
    before = studio.memory()
    idle = [socket.create_connection(("127.0.0.1", studio.port)) for _ in range(1000)]
    streams = []
    for _ in range(60):
        stream = socket.create_connection(("127.0.0.1", studio.port))
        stream.sendall(
            f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {studio.token}\r\n\r\n".encode())
        streams.append(stream)
    crowded = latencies(2 if short else 10)
    ratio = statistics.median(crowded) / statistics.median(alone)
    check(ratio <= 2, f"beside idle connections a call takes {ratio:.2f} times as long "
          f"({1000 * statistics.median(alone):.1f} ms alone)")
    # In a process of their own, so that this one measures the server and not itself.
    stop, answers = multiprocessing.Event(), multiprocessing.Value("i", 0)
    crowd = multiprocessing.Process(target=keep_busy, args=(studio.port, studio.token, stop, answers), daemon=True)
    crowd.start()
    time.sleep(2)
    middle = studio.memory()
    waits = latencies(3 if short else 55)
    after = studio.memory()
    stop.set()
    crowd.join(5)
    for connection in idle + streams:
        connection.close()
    check(statistics.median(waits) <= 2 * max(statistics.median(alone), 0.005),
          f"beside 50 busy ones too a call takes {1000 * statistics.median(waits):.1f} ms, "
          f"the slowest of a hundred {1000 * sorted(waits)[int(len(waits) * 0.99)]:.0f} ms")
    check(after - middle < 30, f"memory: {before:.0f} MB, {middle:.0f} MB in the crowd, {after:.0f} MB at its end "
          f"({answers.value} answers)")

"""Requests that nobody means well with."""
import os
import random
import socket
import time

from studio import check, say


def raw(studio, data, wait=3.0):
    """What a server says to bytes."""
    with socket.create_connection(("127.0.0.1", studio.port), timeout=wait) as connection:
        try:
            connection.sendall(data)
            return connection.recv(4096)
        except OSError:
            return b""


def check_hostile(studio, short):
    say("hostile requests")
    let_in = f"Host: localhost\r\nAuthorization: Bearer {studio.token}\r\n"
    alive = lambda what: check(studio.call("GET", "/status")[0] == 200, what)
    before = studio.memory()
    head = f"POST /api/v1/uploads HTTP/1.1\r\n{let_in}Content-Type: multipart/form-data; boundary=X\r\n"
    answer = raw(studio, (head + f"Content-Length: {10 << 30}\r\n\r\n--X\r\n").encode())
    check(b" 413 " in answer[:20], "an upload that says it has 10 GB is refused at once")
    with socket.create_connection(("127.0.0.1", studio.port), timeout=5) as connection:
        part = 'Content-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'
        connection.sendall((head + "Transfer-Encoding: chunked\r\n\r\n").encode())
        block = b"\0" * (1 << 20)
        first = ("--X\r\n" + part).encode()
        sent = 0
        try:
            connection.sendall(b"%x\r\n%s\r\n" % (len(first), first))
            while sent < (10 << 30):
                connection.sendall(b"%x\r\n%s\r\n" % (len(block), block))
                sent += len(block)
        except OSError:
            pass
        check(sent < 1 << 30, f"one that says nothing is cut off after {sent >> 20} MB")
    alive("it serves on")
    left = [name for name in os.listdir(os.path.join(studio.library, "Uploads")) if name.endswith(".part")]
    time.sleep(0.5)
    left = [name for name in left if os.path.exists(os.path.join(studio.library, "Uploads", name))]
    check(not left, "nothing of them is left on the disk")
    shapes = [
        b"\0" * 1000, b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 5000, b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\n\r\n",
        b"POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
        (f"GET /api/v1/events HTTP/1.1\r\n{let_in}Upgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n").encode(),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ]
    for shape in shapes:
        answer = raw(studio, shape, 1)
        if b" 500 " in answer[:20]:
            check(False, f"500 for {shape[:40]}")
    alive("malformed requests end nothing")
    generator = random.Random(1)
    for _ in range(100 if short else 2000):
        data = bytearray(shapes[4] if generator.random() < 0.5 else (head + "Content-Length: 200\r\n\r\n--X\r\n" + part).encode())
        for _ in range(generator.randint(1, 8)):
            data[generator.randrange(len(data))] = generator.randrange(256)
        answer = raw(studio, bytes(data), 0.02)
        if b" 500 " in answer[:20]:
            check(False, f"500 for {bytes(data)[:80]}")
    alive("nor do bytes changed by chance")
    for path in ["/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "/js/..%5c..%5cx.js",
                 "/api/v1/clips/..%2f..%2flibrary.sqlite/audio", "/api/v1/clips/%00%00%00%00%00%00%00%00%00%00/audio"]:
        answer = raw(studio, f"GET {path} HTTP/1.1\r\n{let_in}Connection: close\r\n\r\n".encode())
        check(b" 404 " in answer[:20] or b" 400 " in answer[:20], f"{path} leads nowhere")
    slow = []
    for index in range(50 if short else 200):
        connection = socket.create_connection(("127.0.0.1", studio.port))
        connection.sendall(b"GET /api/v1/status HTTP/1.1\r\nX: " if index % 2 else
                           (head + "Content-Length: 100000\r\n\r\n--X").encode())
        slow.append(connection)
    start = time.perf_counter()
    studio.call("GET", "/status")
    check(time.perf_counter() - start < 0.5, f"{len(slow)} clients that never end what they say hold up nobody")
    if not short:
        end = time.time() + 75
        while time.time() < end:
            for connection in slow:
                try:
                    connection.sendall(b"a")
                except OSError:
                    pass
            time.sleep(5)
        closed = 0
        for connection in slow[1::2]:
            connection.settimeout(0.2)
            try:
                closed += connection.recv(100) == b""
            except socket.timeout:
                pass
            except OSError:
                closed += 1
        check(closed == len(slow[1::2]), f"{closed} of {len(slow[1::2])} endless heads were cut off")
    for connection in slow:
        connection.close()
    time.sleep(1)
    alive("it serves on")
    grown = studio.memory() - before
    check(grown < 60, f"memory grew by {grown:.0f} MB")

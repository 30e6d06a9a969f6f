import Foundation
import HTTPTypes
import Hummingbird
import Studio
import TestSupport
import Testing

/// What a hostile page, program or network may try; nothing of it gets in, breaks the server or keeps others out.
@Suite struct SafetyTests {
  private static func page() throws -> TemporaryDirectory {
    let folder = try TemporaryDirectory()
    _ = try folder.write(Array("<title>Hiss</title>".utf8), as: "index.html")
    _ = try folder.write(Array("secret".utf8), as: ".hidden.txt")
    return folder
  }

  private static let endpoints = [
    Endpoint(.get, "/status") { _ in try .json(["ok": true]) },
    Endpoint(.post, "/echo") { call in try .json(try await call.json([String: String].self)) },
  ]

  @Test func onlyWhoShowsTheTokenIsLetIn() async throws {
    let page = try Self.page()
    defer { withExtendedLifetime(page) {} }
    let server = try await ServerUnderTest(endpoints: Self.endpoints, page: page.url)
    let client = server.client
    #expect(client.call("GET", "/api/v1/status").status == 401)
    #expect(client.call("GET", "/").status == 401)
    #expect(client.call("GET", "/api/v1/status", ["Authorization": "Bearer \(server.token)x"]).status == 401)
    #expect(client.call("GET", "/api/v1/status", ["Authorization": "Bearer "]).status == 401)
    #expect(client.call("GET", "/?token=\(server.token.dropLast())").status == 401)
    #expect(client.call("GET", "/api/v1/status", server.letIn).status == 200)
    let entry = client.call("GET", "/?token=\(server.token)")
    #expect(entry.status == 303)
    #expect(entry.header("Location") == "/")
    let cookie = entry.header("Set-Cookie") ?? ""
    #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
    let pair = String(cookie.prefix { $0 != ";" })
    #expect(client.call("GET", "/api/v1/status", ["Cookie": "other=1; \(pair)"]).status == 200)
    #expect(client.call("GET", "/api/v1/status", ["Cookie": pair.dropLast() + "_"]).status == 401)
  }

  @Test func tokensAreComparedWhole() {
    let token = AccessToken()
    #expect(token.matches(token.text))
    #expect(!token.matches(token.text + "a") && !token.matches(token.text.dropLast()) && !token.matches(""))
    #expect(AccessToken("short") == nil && AccessToken(String(repeating: "a", count: 200)) == nil)
    #expect(AccessToken("sixteen-letters-and spaces") == nil)
    #expect(AccessToken().text != AccessToken().text)
  }

  @Test(arguments: [
    "evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "localhost.evil.example:1", "[::1", "192.168.0.9",
    "127.0.0.1:x",
  ])
  func anotherHostIsRefused(host: String) async throws {
    let server = try await ServerUnderTest(endpoints: Self.endpoints)
    let answer = server.client.call("GET", "/api/v1/status", server.letIn, host: host)
    #expect([400, 421].contains(answer.status))
  }

  @Test func ownHostsAreTakenWhateverThePort() async throws {
    let server = try await ServerUnderTest(endpoints: Self.endpoints)
    for host in ["localhost:9", "127.0.0.1", "[::1]:80", "LOCALHOST"] {
      #expect(server.client.call("GET", "/api/v1/status", server.letIn, host: host).status == 200)
    }
  }

  @Test func otherSitesMayNotCall() async throws {
    let page = try Self.page()
    defer { withExtendedLifetime(page) {} }
    let server = try await ServerUnderTest(endpoints: Self.endpoints, page: page.url)
    func status(_ headers: [String: String], method: String = "GET") -> Int {
      server.client.call(method, "/api/v1/status", headers.merging(server.letIn) { $1 }).status
    }
    #expect(status(["Origin": "http://evil.example"]) == 403)
    #expect(status(["Origin": "null"]) == 403)
    #expect(status(["Origin": "https://127.0.0.1:\(server.port)"]) == 403)
    #expect(status(["Origin": "http://127.0.0.1:\(server.port)"]) == 200)
    #expect(status(["Sec-Fetch-Site": "cross-site"]) == 403)
    #expect(status(["Sec-Fetch-Site": "same-site"]) == 403)
    #expect(status(["Sec-Fetch-Site": "same-origin"]) == 200)
    let preflight = server.client.call(
      "OPTIONS", "/api/v1/status", ["Origin": "http://evil.example", "Access-Control-Request-Method": "GET"])
    #expect(preflight.status == 403 && preflight.header("Access-Control-Allow-Origin") == nil)
  }

  @Test func answersKeepThePageToItself() async throws {
    let page = try Self.page()
    defer { withExtendedLifetime(page) {} }
    let server = try await ServerUnderTest(endpoints: Self.endpoints, page: page.url)
    for answer in [
      server.client.call("GET", "/", server.letIn), server.client.call("GET", "/none", server.letIn),
      server.client.call("GET", "/"),
    ] {
      let policy = answer.header("Content-Security-Policy") ?? ""
      #expect(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"))
      #expect(!policy.contains("unsafe"))
      #expect(answer.header("X-Content-Type-Options") == "nosniff")
      #expect(answer.header("Access-Control-Allow-Origin") == nil)
      #expect(answer.header("Cross-Origin-Resource-Policy") == "same-origin")
    }
    #expect(server.client.call("GET", "/", server.letIn).text == "<title>Hiss</title>")
  }

  @Test(arguments: [
    "/../Package.swift", "/..%2fPackage.swift", "/%2e%2e/Package.swift", "/.hidden.txt", "/js/../../x.js",
    "//etc/passwd", "/index.html%00.js", "/....//x.js", "/C:\\x.js", "/index.html/",
  ])
  func noPathLeadsOutOfThePage(path: String) async throws {
    let page = try Self.page()
    defer { withExtendedLifetime(page) {} }
    let server = try await ServerUnderTest(page: page.url)
    let status = server.client.call("GET", path, server.letIn).status
    #expect(path == "/index.html/" ? [200, 404].contains(status) : status == 404 || status == 400)
  }

  @Test func bodiesAreBounded() async throws {
    let server = try await ServerUnderTest(endpoints: Self.endpoints)
    let json = ["Content-Type": "application/json"].merging(server.letIn) { $1 }
    let client = server.client
    #expect(client.call("POST", "/api/v1/echo", json, body: Array("{\"a\":\"b\"}".utf8)).text == "{\"a\":\"b\"}")
    #expect(client.call("POST", "/api/v1/echo", json, body: Array("{\"a\":".utf8)).status == 400)
    #expect(client.call("POST", "/api/v1/echo", json, body: [0xFF, 0xFE]).status == 400)
    #expect(client.call("POST", "/api/v1/echo", server.letIn, body: Array("{}".utf8)).status == 415)
    let large = [UInt8](repeating: 0x20, count: 1 << 20)
    #expect([413, -1].contains(client.call("POST", "/api/v1/echo", json, body: large).status))
    #expect(client.call("DELETE", "/api/v1/echo", json).status == 405)
    #expect(client.call("DELETE", "/api/v1/echo", json).header("Allow") == "POST")
    let deep = String(repeating: "[", count: 100_000)
    #expect(client.call("POST", "/api/v1/echo", json, body: Array(deep.utf8)).status == 400)
    #expect(client.call("GET", "/api/v1/status", server.letIn).status == 200)
  }

  @Test(arguments: [
    "\0\0\0\0\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /\r\n\r\n",
    "POST /api/v1/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "GET /%zz%%% HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET ?x HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
  ])
  func malformedRequestsEndNothing(text: String) async throws {
    let server = try await ServerUnderTest(endpoints: Self.endpoints)
    let connection = try #require(RawClient.Connection(port: server.port, timeout: 1))
    connection.send(text)
    let answer = RawClient.parse(connection.receive { !$0.isEmpty })
    #expect(answer.status == -1 || (400..<500).contains(answer.status))
    #expect(server.client.call("GET", "/api/v1/status", server.letIn).status == 200)
  }

  @Test func longHeadsAreRefused() async throws {
    let server = try await ServerUnderTest(endpoints: Self.endpoints)
    let long = ["X-Long": String(repeating: "a", count: 200_000)]
    #expect([-1, 400, 431].contains(server.client.call("GET", "/api/v1/status", long).status))
    #expect(server.client.call("GET", "/api/v1/status", server.letIn).status == 200)
  }

  @Test func whoeverListensNeedsAToken() throws {
    var place = StudioServer.Place()
    place.host = "0.0.0.0"
    #expect(throws: StudioError.noToken(host: "0.0.0.0")) {
      _ = try StudioServer(place, endpoints: [], hub: EventHub(), page: PageFiles(folder: nil), report: { _ in })
    }
  }
}

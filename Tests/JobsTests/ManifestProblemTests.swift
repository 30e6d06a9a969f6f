import Foundation
import Jobs
import Testing

/// What is refused in a manifest, and what is said of it.
@Suite struct ManifestProblemTests {
  /// The lines that are refused, and why.
  private func problems(_ text: String, name: String = "jobs.jsonl") -> [Int: String] {
    do {
      _ = try Manifest(Data(text.utf8), name: name)
      return [:]
    } catch ManifestError.problems(_, let problems, _) {
      return Dictionary(problems.map { ($0.line, $0.reason) }) { "\($0); \($1)" }
    } catch {
      Issue.record("\(error)")
      return [:]
    }
  }

  @Test func tellsEveryProblemByItsLine() {
    let text = """
      {"id":"a","prompt":"p"}
      {"id":"A","prompt":"p"}
      {"id":"b","prompt":"p","durations":4}
      {"id":"c"}
      {"id":"d","prompt":"p","steps":"8"}
      {"id":"e","prompt":"p","steps":8.5}
      {"id":"f","prompt":"p","prompt":"q"}
      {"id":"g","prompt":"p",}
      {"id":"h","prompt":"p","sampler":"magic","seed":-1}
      {"id":"i","prompt":["p"]}
      """
    let found = problems(text)
    #expect(found.keys.sorted() == Array(2...10))
    #expect(found[2] == "the id A is that of line 1")
    #expect(found[3]?.hasPrefix("\"durations\" unknown; the fields are id, prompt,") == true)
    #expect(found[4] == "there is no prompt")
    #expect(found[5] == "\"steps\" wants a number, not text")
    #expect(found[6] == "\"steps\" wants a whole number, not 8.5")
    #expect(found[7] == "the field \"prompt\" is there twice")
    #expect(found[8] == "column 24: the name of a field, in quotes, is missing")
    #expect(found[9]?.contains("one of euler, heun") == true && found[9]?.contains("\"seed\"") == true)
    #expect(found[10] == "\"prompt\" wants text, not an object or a list")
  }

  /// What could write outside of the folder, or ask for the impossible.
  @Test(arguments: [
    #""id":"../../x""#, #""id":"/etc/x""#, #""id":"a/b""#, #""id":"..""#, #""id":".hidden""#, #""id":"-rf""#,
    #""id":"a\u0000b""#, #""id":"a\nb""#, #""id":"""#, #""id":"ä""#, #""id":"a b""#, #""id":"C:x""#, #""id":"a\\b""#,
    #""id":7"#, #""duration":1e9"#, #""duration":1e999"#, #""duration":NaN"#, #""duration":-1"#, #""duration":0"#,
    #""steps":-8"#, #""steps":0"#, #""steps":99999999999999999999"#, #""cfg-scale":1e300"#, #""cfg-scale":-1"#,
    #""vocoder-iterations":-1"#, #""vocoder-iterations":1e3"#, #""sample-rate":1"#, #""count":0"#, #""count":-3"#,
    #""count":100000000"#, #""seed":18446744073709551616"#, #""prompt":"   ""#, #""prompt":"a\u0007b""#,
    #""prompt":"\u009b31m""#, #""prompt":null"#, #""output":"/tmp/x""#, #""model":"x""#,
  ])
  func refusesHostileFields(_ field: String) {
    let name = field.split(separator: "\"")[0]
    let others = [#""id":"a""#, #""prompt":"p""#].filter { $0.split(separator: "\"")[0] != name }
    #expect(problems("{" + ([field] + others).joined(separator: ",") + "}").keys.sorted() == [1], "\(field)")
  }

  @Test func refusesHugeLinesAndTexts() {
    let good = #"{"id":"a","prompt":"p"}"#
    let huge = #"{"id":"b","prompt":""# + String(repeating: "x", count: 10_000_000) + "\"}"
    #expect(
      problems("\(good)\n\(huge)\n{") == [
        2: "a line of 10000022 bytes is longer than 65536", 3: "column 2: the name of a field, in quotes, is missing",
      ])
    let long = #"{"id":"b","prompt":""# + String(repeating: "x", count: 13_000) + "\"}"
    #expect(problems(long) == [1: "a prompt of 13000 bytes is longer than 12000"])
    let table = "id,prompt\na,\"" + String(repeating: "x\u{7}", count: 5000) + "\"\n"
    #expect(problems(table, name: "x.csv") == [2: "prompt holds control characters"])
  }

  @Test func refusesBrokenTables() {
    #expect(problems("id,prompt,id\na,b,c\n", name: "x.csv") == [1: "the field id is there twice"])
    #expect(
      problems("id,text\na,b\n", name: "x.csv")[1]?.hasPrefix(
        "the header has no field prompt, but \"text\"; the fields")
        == true)
    #expect(problems("id,prompt\na\n", name: "x.csv") == [2: "there is no prompt"])
    #expect(problems("id,prompt\na,b,c\nd\ne,f\n", name: "x.csv").keys.sorted() == [2, 3])
    #expect(problems("PK\u{3}\u{4}", name: "x.csv")[1]?.hasPrefix("a workbook") == true)
    #expect(problems("id,prompt\na,\"b\n", name: "x.csv") == [2: "a quote is never closed"])
    #expect(problems("id,prompt,duration\na,b,nan\n", name: "x.csv") == [2: "\"duration\" wants a number"])
    #expect(problems("id,prompt,duration\na,b,0x10\n", name: "x.csv") == [2: "\"duration\" wants a number"])
  }

  @Test func refusesEmptyAndMissingFiles() {
    #expect(throws: ManifestError.empty(path: "-")) { try Manifest(Data("\n \n".utf8), name: "-") }
    #expect(throws: ManifestError.empty(path: "x.csv")) { try Manifest(Data("id,prompt\n".utf8), name: "x.csv") }
    #expect(throws: ManifestError.self) { try Manifest(path: "/nonexistent/jobs.jsonl") }
  }

  @Test func stopsAfterManyProblems() throws {
    let error = #expect(throws: ManifestError.self) {
      try Manifest(Data(String(repeating: "x\n", count: 20_000).utf8), name: "x.jsonl")
    }
    guard case .problems(_, let problems, let isCutShort) = error else { return }
    #expect(problems.count == 10_000 && isCutShort)
  }
}

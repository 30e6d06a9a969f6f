import Foundation
import Jobs
import Synthesis
import TestSupport
import Testing

@Suite("Where the clips of a batch were made")
struct BatchEnvironmentTests {
  private func run(_ batch: SmallBatch, _ environment: ClipEnvironment) throws -> (made: Int, differences: [String]) {
    let run = try BatchRun(
      batch.jobs, in: batch.directory.url, fileExtension: "wav", modelHash: "m", verifies: true,
      environment: environment)
    let summary = run.run(run.missing(threads: 1), threads: 1) { SmallBatch.file($0) }
    return (summary.made, run.differences().map { "\($0.clipCount): \($0.what)" })
  }

  private static let standard = ClipEnvironment(storedTextEncoder: nil, processor: "avx2")

  @Test("is in the ledger, and what differs is told; they stay done")
  func differences() throws {
    let batch = try SmallBatch()
    #expect(try run(batch, Self.standard).made == 20)
    let first = try #require(
      try String(contentsOf: batch.directory.file("ledger.jsonl"), encoding: .utf8).split(separator: "\n").first)
    #expect(first.contains(#""processor":"avx2""#) && !first.contains("textEncoder"))
    let same = try run(batch, Self.standard)
    #expect(same.made == 0 && same.differences.isEmpty)
    let other = try run(batch, ClipEnvironment(storedTextEncoder: "fedcba9876543210", processor: "sse41"))
    #expect(other.made == 0)
    #expect(
      other.differences == [
        "20: another kind of processor (avx2; this one is sse41)",
        "20: another text encoder (the standard one; here it is fedcba9876543210)",
      ])
  }

  @Test("is unknown of those in an older ledger, which are done")
  func older() throws {
    let batch = try SmallBatch()
    #expect(try run(batch, .unknown).made == 20)
    #expect(try !String(contentsOf: batch.directory.file("ledger.jsonl"), encoding: .utf8).contains("processor"))
    let later = try run(batch, Self.standard)
    #expect(later.made == 0 && later.differences.isEmpty)
  }
}

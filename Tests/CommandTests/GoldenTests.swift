import Foundation
import Synthesis
import TestSupport
import Testing

/// Files of version 0.1.0 as it was before requests had a draft: later versions must read them for ever.
@Suite("Files of earlier versions", .enabled(if: TextEncoder.isPresent))
struct GoldenTests {
  private func golden() throws -> URL {
    try #require(Bundle.module.url(forResource: "Golden", withExtension: nil))
  }

  @Test("What their tags say is shown, field by field")
  func inspect() throws {
    let folder = try golden()
    let wav = try HissProcess.run(["inspect", "piano.wav"], in: folder)
    #expect(wav.exitCode == 0)
    for row in [
      "prompt              warm electric piano in A minor, 90 bpm", "negative-prompt     drums",
      "seed                3",
      "chords              Am F", "beats-per-chord     2.0", "bpm                 90.0", "key                 A minor",
      "loop                true", "vocoder-iterations  8", "sample-rate         8000",
    ] {
      #expect(wav.output.contains("  \(row)\n"), "\(row)")
    }
    let flac = try HissProcess.run(["inspect", "batch/bass.flac"], in: folder)
    #expect(flac.exitCode == 0 && flac.output.contains("note                C2"))
  }

  @Test("They are made again from their tags", arguments: ["piano.wav", "batch/bass.flac"])
  func replay(file: String) throws {
    let directory = try TemporaryDirectory()
    let source = try golden().appendingPathComponent(file)
    let target = "again." + source.pathExtension
    let run = try directory.hiss("replay", source.path, "--output", target)
    #expect(run.exitCode == 0, "\(run.errors)")
    let (old, new) = (
      try directory.hiss("inspect", source.path, "--json").output,
      try directory.hiss("inspect", target, "--json").output
    )
    #expect(old == new && !new.isEmpty)
  }

  @Test("A batch that is finished stays finished")
  func ledger() throws {
    let directory = try TemporaryDirectory()
    let batch = directory.file("batch")
    try FileManager.default.copyItem(at: try golden().appendingPathComponent("batch"), to: batch)
    let before = try Data(contentsOf: batch.appendingPathComponent("ledger.jsonl"))
    let run = try directory.hiss(
      "batch", "batch/jobs.jsonl", "--output", "batch", "--format", "flac", "--novelty", "0", "--verify")
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(try Data(contentsOf: batch.appendingPathComponent("ledger.jsonl")) == before)
  }
}

import Audio
import Foundation
import Novelty
import Synthesis
import TestSupport
import Testing

extension TrainingFolderTests {
  @Test("A disk that is full from the start is one line, not hours later")
  func fullDisk() throws {
    expectSuccess(try hiss(train + ["--steps", "4", "--plan"]))
    let run = try HissProcess.run(train + ["--steps", "4"], in: directory.url, limits: "-f 64")
    #expect(run.exitCode == SystemExit.cannotCreate)
    let last = run.errorLines.last ?? ""
    #expect(
      last.hasPrefix("hiss: ") && last.contains("checkpoint.safetensors") && last.contains("File too large"), "\(last)")
    #expect(!exists("model"))
  }

  @Test("A damaged checkpoint: the one before is used, and it is said")
  func damagedCheckpoint() throws {
    expectSuccess(try hiss(train + ["--steps", "4"]))
    let last = directory.file("model/checkpoint.safetensors")
    try Data(contentsOf: last).prefix(5000).write(to: last)
    let run = try hiss(train + ["--steps", "4"])
    expectSuccess(run)
    #expect(run.errors.contains("going on from the checkpoint before, of step 0"), "\(run.errors)")
    #expect(run.errors.contains("the model is in model"))
  }
}

import Denoising
import Foundation
import Spectra
import Synthesis
import Tensors
import Testing
import Training

extension ResumingTests {
  @Test("Where nothing can be written, training goes on, and saves when it can again")
  func fullDisk() throws {
    let away = training.samples.file("away")
    var told: [String] = []
    let run = try run { $0.saveEvery = 0 }
    try run.run(tell: { event in
      switch event {
      case .step(let report, _, _, _, _):
        // Nothing can be written below what is a file.
        if report.step == 3 {
          try? FileManager.default.moveItem(at: output, to: away)
          try? Data().write(to: output)
        }
        if report.step == 9 {
          try? FileManager.default.removeItem(at: output)
          try? FileManager.default.moveItem(at: away, to: output)
        }
      case .couldNotSave(let step, let reason):
        told.append("\(step)")
        #expect(reason.hasPrefix(output.path) && !reason.contains("\n"), "\(reason)")
      default: break
      }
    })
    #expect(Set(told) == ["3", "4", "5", "6", "7", "8"])
    #expect(try Checkpoint.state(of: file("checkpoint.safetensors")).step == 12)
    let made = try model()
    try FileManager.default.removeItem(at: output)
    try self.run().run()
    #expect(try model() == made)
  }

  @Test("What cannot be saved at the end is tried so often, and then is an error")
  func fullDiskAtTheEnd() throws {
    var tries = 0
    let run = try run()
    #expect(throws: (any Error).self) {
      try run.run(tell: { event in
        switch event {
        case .step(let report, _, _, _, _):
          if report.step == 9 {
            try? FileManager.default.removeItem(at: output)
            try? Data().write(to: output)
          }
        case .couldNotSave(12, _): tries += 1
        default: break
        }
      })
    }
    // Twice at the end, and once where the model was to be kept that was measured there.
    #expect(tries == 3)
  }
}

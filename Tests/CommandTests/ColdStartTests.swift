import Benchmarks
import Foundation
import TestSupport
import Testing

@Suite("The start that hiss bench measures", .enabled(if: TextEncoder.isPresent))
struct ColdStartTests {
  @Test("One clip is made again and again, whatever its seed")
  func cold() throws {
    let directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
    let result = try ColdStart.generate(
      1, program: HissProcess.program,
      arguments: ["--model", directory.file("model").path, "--steps", "1", "--vocoder-iterations", "0"], threads: 1)
    #expect(result.name == "prompt to WAV, cold, 1 s")
  }
}

import Foundation
import Synthesis
import TestSupport
import Testing

@Suite("Trainings that repeat what a model could do", .enabled(if: TextEncoder.isPresent))
struct RehearsalTests {
  private let directory: TemporaryDirectory
  private static let gone = "nothing is repeated of"

  /// A model that knows words, and a training that begins with it.
  init() throws {
    directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("Models/small"))
    try train("teacher", from: "small", steps: 4)
    try train("pupil", from: "teacher", steps: 4)
  }

  @discardableResult
  private func train(_ name: String, from origin: String? = nil, steps: Int) throws -> HissProcess {
    let samples = "samples-\(name)"
    try FileManager.default.createDirectory(at: directory.file(samples), withIntermediateDirectories: true)
    for sound in ["piano", "flute", "church organ"] { try directory.tone("\(samples)/\(sound).wav", seconds: 0.5) }
    let arguments = [
      "train", samples, "--output", "Models/\(name)", "--cache", "cache", "--batch-size", "4", "--steps", "\(steps)",
    ]
    let made = try HissProcess.run(arguments + (origin.map { ["--from", $0] } ?? []), in: directory.url)
    expectSuccess(made)
    return made
  }

  private func configuration() throws -> ModelConfiguration {
    try ModelBundle.configuration(in: directory.file("Models/pupil"))
  }

  @Test("One that goes on repeats again, and remembers the model; one whose model is gone says so and goes on")
  func resumes() throws {
    #expect(try configuration().origin == "teacher" && configuration().remembersOrigin == true)
    #expect(try !train("pupil", steps: 6).errors.contains(Self.gone))
    #expect(try configuration().remembersOrigin == true)
    try FileManager.default.moveItem(at: directory.file("Models/teacher"), to: directory.file("elsewhere"))
    let alone = try train("pupil", steps: 8)
    #expect(alone.errors.contains("\(Self.gone) teacher"), "\(alone.errors)")
    #expect(try configuration().training?.steps == 8)
  }

  @Test("Another model of the same name is not repeated")
  func others() throws {
    try FileManager.default.moveItem(at: directory.file("Models/teacher"), to: directory.file("elsewhere"))
    try train("teacher", from: "small", steps: 5)
    #expect(try train("pupil", steps: 6).errors.contains("\(Self.gone) teacher"))
  }
}

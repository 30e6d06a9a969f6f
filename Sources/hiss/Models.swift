import ArgumentParser
import Denoising
import Foundation
import Synthesis

struct Models: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the models that are there, and what they learned from.",
    discussion: """
      Models are folders under ./Models, under Models beside the program, or under $HISS_MODELS.
      """)

  @Flag(help: "Print the models' configurations as JSON.")
  var json = false

  func run() throws {
    try reportingErrors {
      let models = try ModelLibrary.all().map { ($0, try ModelBundle.configuration(in: $0)) }
      if json {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let named = Dictionary(models.map { ($0.0.lastPathComponent, $0.1) }) { first, _ in first }
        print(String(decoding: try encoder.encode(named), as: UTF8.self))
        return
      }
      if models.isEmpty { Console.note("no models here; `hiss train` makes one") }
      for (url, configuration) in models { print(line(url.lastPathComponent, configuration)) }
    }
  }

  private func line(_ name: String, _ configuration: ModelConfiguration) -> String {
    let sizes = configuration.denoiser
    var text = "\(name): width \(sizes.width), depth \(sizes.depth), patch \(sizes.patchLength)"
    if let training = configuration.training {
      text += String(
        format: "; %d clips of %@, %d steps in %.1f h", training.clipCount, training.dataset, training.steps,
        training.hours)
      if let loss = training.heldOutLoss { text += String(format: ", held-out loss %.4f", loss) }
    }
    return text
  }
}

import ArgumentParser
import Denoising
import Foundation
import Synthesis

struct Models: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the models and voices that are there, and what they learned from.",
    discussion: """
      Models are folders under $HISS_MODELS, under ./Models, or under Models or share/hiss/Models in a folder above the \
      program. Those whose weights are missing or cut short are told on stderr, and not listed.

      EXAMPLES
        hiss models
        hiss models --json | jq '.first.training'
      """)

  @Flag(help: "Print the models' configurations as JSON on stdout.")
  var json = false

  func run() throws {
    var models: [(name: String, facts: ModelFacts)] = []
    for folder in ModelLibrary.all() {
      do {
        models.append((folder.lastPathComponent, try ModelLibrary.check(folder)))
      } catch {
        // One broken folder should not hide the others.
        Console.note("warning: \(error)")
      }
    }
    if json {
      try Console.result(json: Dictionary(models.map { ($0.name, $0.facts.configuration) }) { first, _ in first })
      return
    }
    if models.isEmpty {
      Console.note(
        "no models in \(ModelLibrary.searchedPlaces.joined(separator: ", ")); `hiss train` makes one")
    }
    for model in models { Console.result(line(model.name, model.facts)) }
  }

  private func line(_ name: String, _ facts: ModelFacts) -> String {
    let (configuration, sizes) = (facts.configuration, facts.configuration.denoiser)
    var text = String(format: "%@: %.1f M parameters", name, Double(facts.parameterCount) / 1e6)
    if let base = configuration.base {
      text = String(format: "%@: a voice of %@ (%.1f M numbers)", name, base.name, Double(facts.parameterCount) / 1e6)
    } else {
      text += " (width \(sizes.width), depth \(sizes.depth), patch \(sizes.patchLength))"
    }
    if let training = configuration.training {
      text += String(
        format: "; %d clips of %@, %d steps in %.1f h", training.clipCount, training.dataset, training.steps,
        training.hours)
      if configuration.base == nil, let origin = configuration.origin { text += ", begun from \(origin)" }
      if let loss = training.heldOutLoss { text += String(format: ", held-out loss %.4f", loss) }
    }
    return text
  }
}

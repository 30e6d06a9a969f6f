import ArgumentParser
import Foundation
import Rendering
import Synthesis
import Taste

/// Whose taste chooses what is made.
struct TasteOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Propose what a taste likes: of four times as many sketches those that it prefers, and one in four by chance.",
      valueName: "name[:weight]"))
  var taste: String?

  func validate() throws { _ = try parts() }

  /// The taste's name, and how much it counts.
  private func parts() throws -> (name: String, weight: Double)? {
    guard let taste else { return nil }
    guard let colon = taste.lastIndex(of: ":") else { return (taste, 1) }
    let text = taste[taste.index(after: colon)...]
    guard let weight = Double(text), (0...4).contains(weight) else {
      throw ValidationError("--taste \(taste): \"\(text)\" is no weight between 0 and 4")
    }
    return (String(taste[..<colon]), weight)
  }

  /// How many relatives to choose among, where so many are made.
  func candidateCount(of count: Int) -> Int { taste == nil ? count : count * TasteChoice.candidatesEach }

  /// Gives clips of one prompt the seeds of what the taste likes. One that has learned nothing says so, and is not used.
  /// - Parameter relatives: of one set, to choose among; nil for the same requests with further seeds.
  func choose(
    _ clips: inout [ClipTags], amongRelatives relatives: [GenerationRequest]? = nil, in files: inout OutputFiles,
    by synthesizer: Synthesizer, threads: Int
  ) throws {
    guard let (name, weight) = try parts() else { return }
    let file = try TasteFile(existing: name)
    let taste = Taste(try file.contents())
    guard taste.isLearned else {
      return Console.note("note: \(TasteWords.summary(taste, name: file.name)); these are plain clips")
    }
    let line = ProgressLine("Sketching")
    defer { line.finish() }
    let audition = TasteAudition(synthesizer, taste: taste, weight: weight)
    let progress: @Sendable (Int, Int) -> Void = { line.update($0, of: $1) }
    let chosen =
      try relatives.map { try audition.chosen(clips.count, amongRelatives: $0, threads: threads, progress: progress) }
      ?? audition.chosen(of: clips.map(\.request), threads: threads, progress: progress)
    for (index, request) in chosen.enumerated() where clips[index].request != request {
      clips[index].request = request
      files.replace(index, with: clips[index])
    }
  }
}

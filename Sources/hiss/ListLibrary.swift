import ArgumentParser
import Foundation
import Library
import Storage

struct ListLibrary: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List clips: by words, tempo, key, length, rating; the newest first, unless --sort says otherwise.")

  @OptionGroup
  var options: LibraryOptions

  @Argument(help: "Words that a clip's prompt, name, note or tags have, all of them.")
  var words: [String] = []

  @Option(
    help: "new, picked, rejected, bin, or all but those in the bin.", transform: { try named($0, "a state of clips") })
  var state = ClipQuery.State.all

  @Option(
    help: "created, bpm, key, seconds, loudness, novelty, rating, brightness, name or relevance.",
    transform: { try named($0, "an order of clips") })
  var sort = ClipQuery.Sort.created

  @Flag(help: "The least first.")
  var ascending = false

  @Option(help: ArgumentHelp("A tempo, or a range of them: 80-100.", valueName: "range"))
  var bpm: NumberRange?

  @Option(help: ArgumentHelp("A length in seconds, or a range.", valueName: "range"))
  var seconds: NumberRange?

  @Option(help: "A key, as clips have it: \"A minor\".")
  var key: String?

  @Option(help: "The least rating, 0 to 5.")
  var rating: Int?

  @Option(help: "A tag.")
  var tag: String?

  @Option(help: "How many, at most.")
  var limit = 100

  @Flag(help: "Print them as JSON on stdout.")
  var json = false

  func validate() throws {
    guard (1...ClipQuery.mostClips).contains(limit) else {
      throw ValidationError("--limit \(limit) is not between 1 and \(ClipQuery.mostClips)")
    }
  }

  func run() throws {
    var query = ClipQuery()
    (query.text, query.state, query.sort) = (words.joined(separator: " "), state, sort)
    (query.isAscending, query.bpm, query.seconds) = (ascending, bpm?.range, seconds?.range)
    (query.key, query.rating, query.tag, query.limit) = (key, rating, tag, limit)
    let page = try options.openExisting().clips(query)
    if json {
      let text = try LibraryJSON.encoder.encode(page)
      return Console.result(String(decoding: text, as: UTF8.self))
    }
    for clip in page.clips { Console.result(line(clip)) }
    if page.total > page.clips.count { Console.note("\(page.clips.count) of \(page.total) clips; --limit shows more") }
    if page.total == 0 { Console.note("there is no such clip") }
  }

  private func line(_ clip: LibraryClip) -> String {
    let stars = String(repeating: "*", count: clip.rating)
    let facts = [
      clip.bpm.map { String(format: "%g bpm", $0) }, clip.key, String(format: "%.1f s", clip.seconds),
      stars.isEmpty ? nil : stars, clip.tags.isEmpty ? nil : "#" + clip.tags.joined(separator: " #"),
    ].compactMap(\.self)
    return VisibleText.of("\(clip.id)  \(clip.file)  \(facts.joined(separator: ", "))")
  }
}

/// The case of a name.
/// - Throws: `ValidationError` with the names that there are.
private func named<Choice: RawRepresentable & CaseIterable>(
  _ name: String, _ what: String
) throws -> Choice where Choice.RawValue == String {
  if let choice = Choice(rawValue: name) { return choice }
  let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
  throw ValidationError("\(name) is not \(what): \(names)")
}

/// One number, or two with a hyphen between them.
struct NumberRange: ExpressibleByArgument {
  let range: ClosedRange<Double>

  init?(argument: String) {
    let numbers = argument.split(separator: "-").map { Double($0) }
    guard let low = numbers.first ?? nil, let high = numbers.last ?? nil, numbers.count <= 2, low <= high,
      low.isFinite, high.isFinite
    else { return nil }
    range = low...high
  }
}

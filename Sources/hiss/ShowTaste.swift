import ArgumentParser
import Foundation
import Parallelism
import Pictures
import Rendering
import Storage
import Taste

struct ShowTaste: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "taste",
    abstract: "Show what a taste believes, and how far it can be trusted.",
    discussion: """
      Says in words what you like, how sure that is, and how often it tells your picks rightly that it was not fitted on. A \
      taste that does no better than chance says so and is not used. With clips it lists them, the ones it likes first.

      EXAMPLES
        hiss taste
        hiss taste mine out/*.wav
        hiss taste mine --csv picks.csv
        hiss taste mine --picture mine.png
        hiss taste mine out/*.wav --ask
        hiss taste mine --json
      """)

  @Argument(help: "The taste's name, or a file with a slash in its path (default: all that there are).")
  var name: String?

  @Argument(help: "Clips to be put in order.")
  var files: [String] = []

  @Option(help: ArgumentHelp("Write its picks as a table.", valueName: "file.csv"))
  var csv: String?

  @Option(
    help: ArgumentHelp(
      "Draw what it believes of each quality, and how many pairs it told rightly after so many picks.",
      valueName: "file.png"))
  var picture: String?

  @OptionGroup
  var replacing: ReplacingOptions

  @Flag(
    help: "Say which two of the clips, or of those that it knows, would teach it the most if they were compared.")
  var ask = false

  @Flag(help: "Print all of it as JSON on stdout, with the score of every clip that it knows.")
  var json = false

  @OptionGroup(title: "Machine Options")
  var work: ThreadOptions

  func validate() throws {
    if csv != nil, picture != nil { throw ValidationError("--csv and --picture exclude each other") }
    if name == nil, csv != nil || picture != nil { throw ValidationError("say which taste: `hiss taste` lists them") }
  }

  func run() throws {
    guard let name else {
      let names = TasteFile.names
      guard !names.isEmpty else { return Console.note("no taste yet: `hiss rate out --taste mine` begins one") }
      for name in names { Console.result(TasteWords.summary(Taste(try TasteFile(named: name).contents()), name: name)) }
      return
    }
    let file = try TasteFile(existing: name)
    let contents = try file.contents()
    let start = ContinuousClock.now
    let taste = Taste(contents)
    let seconds = start.secondsAgo
    if let csv {
      let url = URL(fileURLWithPath: csv)
      try OutputPlace.check(file: url, rule: replacing.rule())
      try DurableFile.writeShared(Array(PreferenceTable.text(contents).utf8), to: url)
      return Console.result(path: url.path)
    }
    if let picture {
      let url = try OutputPlace.url(picture)
      try OutputPlace.check(file: url, extensions: ["png"], rule: replacing.rule())
      try TastePicture.draw(taste, of: contents, name: file.name).writePNG(to: url)
      return Console.result(path: url.path)
    }
    try tell(taste, contents, name: file.name, fitSeconds: seconds)
  }

  private func tell(_ taste: Taste, _ contents: TasteContents, name: String, fitSeconds: Double) throws {
    let listener = TasteListener()
    let urls = try SoundFiles.below(files)
    let heard = try listener.clips(urls, threads: work.threads)
    let paths = urls.map(\.relativePath)
    let scores = zip(paths, heard).map { (path: $0, score: taste.score($1)) }.sorted { $0.score.mean > $1.score.mean }
    let (asked, names) = urls.isEmpty ? (contents.clips, contents.clips.map(\.name)) : (heard, paths)
    let question = ask ? Self.question(taste, asked, names) : nil
    if json {
      return try Console.result(json: TasteReport(name: name, taste, fitSeconds, contents.clips, scores, question))
    }
    Console.result(TasteWords.summary(taste, name: name))
    for belief in taste.beliefs { Console.result("  " + TasteWords.line(belief)) }
    for (path, score) in scores {
      Console.result(String(format: "%+6.2f  ", score.mean) + VisibleText.of(path))
    }
    if ask { Console.result(question?.line ?? "nothing to compare: all pairs of these are told already") }
  }

  /// The two that teach the most, by their names.
  private static func question(_ taste: Taste, _ clips: [TasteClip], _ names: [String]) -> TasteReport.Question? {
    taste.mostTelling(of: clips).map {
      TasteReport.Question(first: names[$0.first], second: names[$0.second], bits: $0.bits)
    }
  }
}

import ArgumentParser
import Foundation
import Parallelism
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
        hiss taste mine --json
      """)

  @Argument(help: "The taste's name, or a file with a slash in its path (default: all that there are).")
  var name: String?

  @Argument(help: "Clips to be put in order.")
  var files: [String] = []

  @Option(help: ArgumentHelp("Write its picks as a table.", valueName: "file.csv"))
  var csv: String?

  @OptionGroup
  var replacing: ReplacingOptions

  @Flag(help: "Print all of it as JSON on stdout, with the score of every clip that it knows.")
  var json = false

  @OptionGroup(title: "Machine Options")
  var work: ThreadOptions

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
    let listener = TasteListener()
    let urls = try SoundFiles.below(files)
    let heard = try listener.clips(urls, threads: work.threads)
    let scores = zip(urls, heard).map { (path: $0.relativePath, score: taste.score($1)) }
      .sorted { $0.score.mean > $1.score.mean }
    if json { return try Console.result(json: TasteReport(name: file.name, taste, seconds, contents.clips, scores)) }
    Console.result(TasteWords.summary(taste, name: file.name))
    for belief in taste.beliefs { Console.result("  " + TasteWords.line(belief)) }
    for (path, score) in scores {
      Console.result(String(format: "%+6.2f  ", score.mean) + VisibleText.of(path))
    }
  }
}

/// A taste as scripts read it.
private struct TasteReport: Encodable {
  struct Score: Encodable {
    var file: String
    var score: Double
    var deviation: Double
  }

  var name: String
  /// Of the fit, in seconds.
  var fitSeconds: Double
  var picks: Int
  var accuracy: Double
  var surprise: Double
  var isLearned: Bool
  var isChanging: Bool
  var beliefs: [TasteBelief]
  /// Of clips that it knows, by their names.
  var clips: [Score]
  var files: [Score]

  init(
    name: String, _ taste: Taste, _ fitSeconds: Double, _ clips: [TasteClip],
    _ files: [(path: String, score: (mean: Double, deviation: Double))]
  ) {
    (self.name, self.fitSeconds) = (name, fitSeconds)
    (picks, accuracy, surprise) = (taste.pickCount, taste.accuracy, taste.surprise)
    (isLearned, isChanging, beliefs) = (taste.isLearned, taste.isChanging, taste.beliefs)
    self.clips = clips.map { clip in
      let score = taste.score(clip)
      return Score(file: clip.name, score: score.mean, deviation: score.deviation)
    }
    self.files = files.map { Score(file: $0.path, score: $0.score.mean, deviation: $0.score.deviation) }
  }
}

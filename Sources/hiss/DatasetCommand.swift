import ArgumentParser
import Curation
import Foundation
import Rendering
import Taste
import Tensors
import Training

struct DatasetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset",
    abstract: "Look at a folder of samples before it is learned: what is there, what was understood, what to mend.",
    discussion: """
      Reads every file, and says on one screen how many there are of which kind by their captions or names, how long \
      they are, and what to do: damaged, silent, clipped and cut files, offsets, files that are there twice, names that \
      say nothing, tempos and keys that are not what is heard. No file is changed. --fix writes a copy elsewhere: \
      without offsets, silence and copies.

      EXAMPLES
        hiss dataset my-samples
        hiss dataset my-samples --list
        hiss dataset my-samples --write-metadata
        hiss dataset my-samples --page samples.html
        hiss dataset my-samples --fix my-samples-clean
        hiss dataset my-samples --taste mine --page samples.html
        hiss dataset my-samples --json
      """)

  @Argument(help: "The folder of samples.")
  var folder: String

  @Flag(help: "Show every file with what was understood of it.")
  var list = false

  @Flag(help: "Print all that is known, of every file, as JSON on stdout.")
  var json = false

  @Flag(help: "Write what was understood as metadata.csv into the folder, to be mended by hand.")
  var writeMetadata = false

  @Option(help: ArgumentHelp("Write a page with spectrograms of each category.", valueName: "file.html"))
  var page: String?

  @Option(help: ArgumentHelp("Write a cleaned copy of the folder here.", valueName: "folder"))
  var fix: String?

  @Option(
    help: ArgumentHelp(
      "Say how much a taste likes each file; the page begins with the best and the worst.", valueName: "name"))
  var taste: String?

  @OptionGroup
  var replacing: ReplacingOptions

  @OptionGroup(title: "Machine Options")
  var work: ThreadOptions

  func validate() throws {
    if list, json { throw ValidationError("--list and --json exclude each other: --json has what --list shows") }
  }

  func run() throws {
    let directory = URL(fileURLWithPath: folder)
    // A folder that is not there is told by who reads it.
    let places = OutputPlace.isFolder(directory) == true ? try Places(self, directory) : nil
    let liking = try taste.map { name in
      let file = try TasteFile(existing: name)
      let taste = Taste(try file.contents())
      guard taste.isLearned else { throw TasteError.nothingLearned(TasteWords.summary(taste, name: file.name)) }
      return taste
    }
    let progress = ProgressLine("Listening to \(folder)")
    defer { progress.finish() }
    let survey = try FolderSurvey(directory, drawsPictures: page != nil, taste: liking, threads: work.threads) {
      progress.update($0, of: $1)
    }
    progress.finish()
    try tell(survey.report)
    guard let places else { return }
    try write(survey, places)
  }

  /// Where files are to be written, each of which may be.
  private struct Places {
    var page: URL?
    var copy: URL?

    init(_ command: DatasetCommand, _ directory: URL) throws {
      let rule = command.replacing.rule()
      if command.writeMetadata {
        try FolderSurvey.checkMetadata(in: directory)
        try OutputPlace.check(file: FolderSurvey.metadata(in: directory), rule: rule)
      }
      page = try command.page.map { path in
        let place = try OutputPlace.url(path)
        let file = OutputPlace.isFolder(place) == true ? place.appendingPathComponent("index.html") : place
        try OutputPlace.check(file: file, extensions: ["html", "htm"], rule: rule) {
          FolderPage.isPage($0, of: directory)
        }
        return file
      }
      copy = try command.fix.map { path in
        let place = try OutputPlace.url(path)
        try CleanedCopy.check(place, of: directory, replaces: command.replacing.force)
        try OutputPlace.check(folder: place)
        return place
      }
    }
  }

  private func tell(_ report: FolderReport) throws {
    if json { return try Console.result(json: report) }
    for line in list ? report.list : report.lines(duration: Console.duration) { Console.result(line) }
  }

  private func write(_ survey: FolderSurvey, _ places: Places) throws {
    if writeMetadata {
      let (file, count) = try survey.writeMetadata()
      Console.note("\(count) captions are in \(file.path): mend them there, `hiss train` reads them")
    }
    if let page = places.page {
      try FolderPage(survey).write(to: page)
      Console.note("the page is \(page.path)")
    }
    guard let copy = places.copy else { return }
    let progress = ProgressLine("Cleaning")
    defer { progress.finish() }
    let made = try CleanedCopy(of: survey, to: copy, threads: work.threads) { progress.update($0, of: $1) }
    progress.finish()
    for (file, reason) in made.leftOut.prefix(20) { Console.note("left out: \(file): \(reason)") }
    if made.leftOut.count > 20 { Console.note("… and \(made.leftOut.count - 20) more") }
    Console.note(
      "\(copy.path): \(made.cleaned) files cleaned, \(made.copied) copied as they are, \(made.leftOut.count) left out")
  }
}

import Foundation

/// What there is to say of a folder of samples: every file that is not used, by name, with the reason.
struct AudioFolderNotes {
  /// Why something in the folder is left out.
  enum Reason: Hashable {
    case unlisted(manifest: String)
    case foreignFormat
    case unreachable(reason: String)
    case noFile
    case nameNotText
    case systemFolder
    case unreadableFolder(reason: String)
    case unreadManifest
  }

  private let root: String
  private var lines: [String] = []
  private var leftOut: [(reason: Reason, names: [String])] = []
  private var places: [Reason: Int] = [:]
  /// The manifests that were read.
  var manifests: [String] = []

  init(root: String) { self.root = root }

  mutating func say(_ line: String) { lines.append(line) }

  mutating func add(_ name: String, as reason: Reason) {
    if let place = places[reason] {
      leftOut[place].names.append(name)
    } else {
      places[reason] = leftOut.count
      leftOut.append((reason, [name]))
    }
  }

  /// One line for each thing that the owner of the folder would want to know.
  /// - Parameter readings: what names say, by name, where they stand in for captions.
  func lines(of clips: [CaptionedClip], _ readings: [String: NameReading]) -> [String] {
    var lines = lines
    if let first = clips.first(where: { readings[$0.name] != nil }) {
      lines.append(
        "\(readings.count) of \(clips.count) clips have no caption, so their file names stand in"
          + " (\"\(first.caption)\" for \(first.name))" + Self.summary(of: Array(readings.values)))
    }
    lines += leftOut.map(Self.line)
    let empty = clips.filter(\.caption.isEmpty)
    if let first = empty.first {
      lines.append("\(empty.count) of \(clips.count) clips have an empty caption (\(first.name))")
    }
    if clips.count > 1, let one = clips.first?.captions, clips.allSatisfy({ $0.captions == one }) {
      lines.append(
        "all \(clips.count) clips have the same caption (\"\(one[0])\"): what a prompt says will make no difference")
    }
    return lines
  }

  /// What names say in all: "; 12 categories: hi-hat 52, kick 40 …; 31 names say nothing".
  private static func summary(of readings: [NameReading]) -> String {
    let counts = Dictionary(readings.compactMap(\.category).map { ($0, 1) }, uniquingKeysWith: +)
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let silent = readings.count(where: \.saysNothing)
    let names = counts.prefix(6).map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    let kinds = counts.count == 1 ? "1 category" : "\(counts.count) categories"
    return (counts.isEmpty ? "" : "; \(kinds): \(names)" + (counts.count > 6 ? " …" : ""))
      + (silent == 0 ? "" : "; \(silent) \(silent == 1 ? "name says" : "names say") nothing")
      + "; `hiss dataset FOLDER --list` shows what was understood"
  }

  /// Why there is nothing to learn from.
  var reasonForNothing: DatasetError {
    if let foreign = leftOut.first(where: { $0.reason == .foreignFormat }) {
      return .nothingUsable(path: root, reason: Self.line(foreign))
    }
    if let manifest = manifests.first {
      let unlisted = leftOut.reduce(0) { sum, part in
        if case .unlisted = part.reason { sum + part.names.count } else { sum }
      }
      return .nothingUsable(
        path: manifest, reason: "it lists no audio files (there are \(unlisted) that it does not name)")
    }
    if let first = leftOut.first { return .nothingUsable(path: root, reason: Self.line(first)) }
    return .noAudio(path: root)
  }

  private static func line(_ part: (reason: Reason, names: [String])) -> String {
    let isOne = part.names.count == 1
    let (names, are) = (list(part.names), isOne ? "is" : "are")
    return switch part.reason {
    case .unlisted(let manifest):
      (isOne ? "1 audio file is" : "\(part.names.count) audio files are")
        + " not listed in \(manifest) and left out: \(names)"
    case .foreignFormat:
      "left out, since \(AudioFileKind.readableNames) can be read and \(formats(part.names)) cannot: \(names)"
    case .unreachable(let reason): "left out, since \(isOne ? "it" : "they") cannot be reached (\(reason)): \(names)"
    case .noFile: "left out, since \(isOne ? "it is no file" : "they are no files"): \(names)"
    case .nameNotText: "left out, since the name is not UTF-8 (rename \(isOne ? "it" : "them")): \(names)"
    case .systemFolder: "left out, since it is the system's own folder: \(names)"
    case .unreadableFolder(let reason): "left out, since the folder cannot be read (\(reason)): \(names)"
    case .unreadManifest:
      "\(names) \(are) not read: a manifest is \(AudioFolderManifest.fileNames.joined(separator: ", "))"
    }
  }

  private static func formats(_ names: [String]) -> String {
    Set(names.map { ($0 as NSString).pathExtension.uppercased() }).sorted().joined(separator: ", ")
  }

  /// Names in a line, of many the first ones.
  static func list(_ names: [String], limit: Int = 12) -> String {
    let first = names.prefix(limit).joined(separator: ", ")
    return names.count > limit ? "\(first) and \(names.count - limit) more" : first
  }
}

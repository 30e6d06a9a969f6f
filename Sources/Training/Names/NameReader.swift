/// Understands the names of a folder of samples: each from its own words, from its folders' names, and from what the other
/// names have in common with it.
public struct NameReader: Sendable {
  private let table: NameTable
  private let paths: [String: NamePath]
  private let surroundings: NameSurroundings

  /// - Parameter names: the paths of all files in the folder, relative to it.
  public init(_ names: some Sequence<String>, table: NameTable) {
    var folders: [String: NamePart] = [:]
    var paths: [String: NamePath] = [:]
    for name in names where paths[name] == nil {
      let components = Self.components(of: name)
      let parts = components.enumerated().map { place, component in
        if place == components.count - 1 { return NamePart(component, table: table, isFile: true) }
        let part = folders[component] ?? NamePart(component, table: table, isFile: false)
        folders[component] = part
        return part
      }
      paths[name] = NamePath(parts: parts, folder: components.dropLast().map { "/" + $0 }.joined())
    }
    var surroundings = NameSurroundings(Array(paths.values), table: table)
    self.table = table
    self.paths = paths.mapValues { path in
      var believed = path
      believed.parts = path.parts.map { part in
        part.believing { surroundings.believes($0, in: path, table: table) }
      }
      return believed
    }
    surroundings.compare(self.paths.values)
    self.surroundings = surroundings
  }

  /// What one of the names says.
  public func reading(of name: String) -> NameReading {
    guard var path = paths[name], var file = path.parts.popLast() else {
      return NameReading(caption: name, ownWords: [], leftOut: [], saysNothing: true)
    }
    leaveOutMakers(from: &file, in: path)
    var wording = NameWording(file: file, folders: path.parts, table: table)
    let music = music(of: file, path, category: wording.category)
    (wording.key, wording.note) = (music.key, music.note)
    let caption = wording.caption
    let component = Self.components(of: name).last ?? name
    return NameReading(
      caption: caption.isEmpty ? Self.plain(component) : caption, category: wording.category, tempo: music.tempo,
      key: music.key, note: music.note, ownWords: wording.ownWords, leftOut: file.leftOut, saysNothing: caption.isEmpty)
  }

  /// Folders and the file's name without its extension. A backslash stands between folders in the names that some
  /// unpackers make.
  private static func components(of name: String) -> [String] {
    var parts = name.unicodeScalars.split { $0 == "/" || $0 == "\\" }.map { String($0) }
    if let last = parts.popLast() {
      let scalars = last.unicodeScalars
      let end = scalars.lastIndex(of: ".") ?? scalars.endIndex
      parts.append(end > scalars.startIndex ? String(scalars[..<end]) : last)
    }
    return parts
  }

  /// A name that says nothing, as it is, without the numbers at its end that only tell takes apart.
  private static func plain(_ component: String) -> String {
    var words = NameToken.chunks(of: component)
    while words.count > 1, let word = words.last, word.allSatisfy(\.isNumber) { words.removeLast() }
    return words.joined(separator: " ")
  }

  private func leaveOutMakers(from file: inout NamePart, in path: NamePath) {
    for place in Set(file.leadingOwn + file.trailingOwn).sorted(by: >) {
      let item = file.items[place]
      let isLoneMark =
        item.isCode && item.text.count <= 3 && item.text.allSatisfy(\.isUppercase)
        && file.items.contains { $0.isWord && $0 != item }
      guard surroundings.isMaker(item.word, in: path) || isLoneMark else { continue }
      // What would leave nothing is all there is to say.
      guard
        file.code != nil || file.items.contains(where: { $0.isWord && $0 != item })
          || path.parts.contains(where: { $0.items.contains(where: \.isHead) })
      else { continue }
      file.items.remove(at: place)
      file.leftOut.insert(item.text, at: 0)
    }
  }

  // MARK: Music

  private func music(
    of file: NamePart, _ path: NamePath, category: String?
  ) -> (tempo: Double?, key: String?, note: String?) {
    let all = path.parts + [file]
    let items = file.items + path.parts.reversed().flatMap(\.items)
    let isDrums = category.map { table.family(of: $0) == "drums" } ?? false
    var tempo = items.lazy.compactMap { if case .tempo(let tempo) = $0.sense { tempo } else { nil } }.first
    let isInTime = all.contains { $0.items.contains(where: Self.isInTime) }
    if tempo == nil, isInTime { tempo = bareTempo(of: file, path) }
    var key = items.lazy.compactMap { item in
      if case .key(let name) = item.sense, !isDrums || name.contains(" ") { name } else { nil }
    }.first
    if key == nil, !isDrums, tempo != nil && isInTime || surroundings.areTonics(in: path) {
      key = file.items.first { $0.sense == .letter && $0.text.count <= 2 }.flatMap { NameMusic.key(ofLetter: $0.text) }
    }
    return (tempo, key, isDrums ? nil : note(of: file, path, category: category))
  }

  /// A number without a unit that is likely a tempo, and does not only count.
  private func bareTempo(of file: NamePart, _ path: NamePath) -> Double? {
    for item in file.items {
      guard case .number(let value) = item.sense, NameMusic.likelyTempos.contains(value), !item.text.hasPrefix("0"),
        !surroundings.counts(Int(value), of: file, in: path)
      else { continue }
      return value
    }
    return nil
  }

  private func note(of file: NamePart, _ path: NamePath, category: String?) -> String? {
    for item in file.items {
      guard case .note(let name, let isSure) = item.sense else { continue }
      let family = category.map { table.family(of: $0) }
      let isPitched = category != "vocal" && (family == "instruments" || family == "music")
      if isSure || isPitched || surroundings.areNotes(in: path) { return name }
    }
    return nil
  }

  /// Whether a word says that there is a tempo.
  private static func isInTime(_ item: NamePart.Item) -> Bool {
    guard let entry = item.entry else { return false }
    if entry.kind == .form { return entry.category == "loop" }
    return !timedWords.isDisjoint(with: entry.meaning.split(separator: " ").map(String.init))
  }

  private static let timedWords: Set<String> = [
    "loop", "beat", "break", "breakbeat", "groove", "fill", "drone", "arpeggio", "sequence", "melody", "riff", "music",
    "line",
  ]
}

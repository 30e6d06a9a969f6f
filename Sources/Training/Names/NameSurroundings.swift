/// What the names of a folder of samples say of each other: makers' marks, counters, which families of sounds there are.
struct NameSurroundings: Sendable {
  /// By folder, what speaks for each family: twice the names in which it is named for certain, and the different terms
  /// that may mean it.
  private var families: [String: [String: Int]] = [:]
  /// By folder and words: the numbers that stand with these words.
  private var numbers: [String: Set<Int>] = [:]
  /// By folder: its names, and those with a note, and the notes.
  private var counts: [String: Int] = [:]
  private var notes: [String: [String]] = [:]
  /// By folder: in how many names there is a tonic with an accidental ("F#"), and in how many a letter.
  private var sharps: [String: Int] = [:]
  private var letters: [String: Int] = [:]
  /// By folder: the words that its maker put first or last in the names there and below.
  private var makers: [String: Set<String>] = [:]

  /// - Parameter files: the names, with the folders that they are in.
  init(_ files: [NamePath], table: NameTable) {
    var weak: [String: Set<String>] = [:]
    for file in files {
      for family in Set(file.parts.last.flatMap { Self.families(of: $0, table) } ?? []) {
        families[file.folder, default: [:]][family, default: 0] += 2
      }
      for entry in file.parts.last?.items.compactMap(\.entry) ?? [] where entry.isWeak && !entry.category.isEmpty {
        guard weak[file.folder, default: []].insert(entry.meaning).inserted else { continue }
        families[file.folder, default: [:]][table.family(of: entry.category), default: 0] += 1
      }
    }
  }

  /// Takes in what the names have in common, now that it is known which terms are to be believed.
  mutating func compare(_ files: some Collection<NamePath>) {
    var (first, last) = ([String: [String: Uses]](), [String: [String: Uses]]())
    var below: [String: Int] = [:]
    for file in files {
      let folder = file.folder
      counts[folder, default: 0] += 1
      let words = file.parts.last
      numbers[folder + "|" + (words?.skeleton ?? ""), default: []].formUnion(words?.numbers ?? [])
      notes[folder, default: []] += words?.notes ?? []
      if words?.items.contains(where: \.isLoneTonic) ?? false { sharps[folder, default: 0] += 1 }
      if words?.items.contains(where: { $0.sense == .letter && $0.text.count == 1 }) ?? false {
        letters[folder, default: 0] += 1
      }
      for place in file.ancestors {
        below[place, default: 0] += 1
        if let words { Self.count(words, in: &first[place, default: [:]], &last[place, default: [:]]) }
      }
    }
    for (place, count) in below {
      let ends = [first, last].compactMap { $0[place] }
      makers[place] = Set(ends.flatMap { uses in uses.filter { $0.value.isMaker(among: count) }.map(\.key) })
    }
  }

  /// In what names a word stands first, or last.
  private struct Uses {
    var count = 0
    /// Of these, in how many another word says what sounds.
    var headed = 0
    var isCode = false

    /// A maker's mark is a word without meaning on most names, or one that looks like a mark on several, beside others
    /// that say what sounds: a bird's name on all recordings of it is none.
    func isMaker(among all: Int) -> Bool {
      guard count >= 4 else { return false }
      let isOnMost = 5 * count >= 3 * all
      return isCode ? 2 * headed >= count || isOnMost : isOnMost && 2 * headed >= count
    }
  }

  private static func count(_ part: NamePart, in first: inout [String: Uses], _ last: inout [String: Uses]) {
    let isHeaded = part.items.contains(where: \.isHead) || part.code != nil
    func note(_ item: NamePart.Item, _ uses: inout [String: Uses]) {
      uses[item.word, default: Uses()].count += 1
      if isHeaded { uses[item.word]?.headed += 1 }
      if item.isCode { uses[item.word]?.isCode = true }
    }
    for place in part.leadingOwn { note(part.items[place], &first) }
    for place in part.trailingOwn where !part.leadingOwn.contains(place) { note(part.items[place], &last) }
  }

  private static func families(of part: NamePart, _ table: NameTable) -> [String] {
    part.items.compactMap(\.entry).filter { !$0.isWeak && !$0.category.isEmpty && $0.kind != .form }
      .map { table.family(of: $0.category) }
  }

  /// Whether a term is believed that may mean something else: where others of its family are beside it.
  func believes(_ entry: NameTable.Entry, in path: NamePath, table: NameTable) -> Bool {
    if entry.category.isEmpty || entry.kind == .form {
      return path.parts.contains { $0.items.contains(where: \.isHead) }
    }
    let family = table.family(of: entry.category)
    let others = path.parts.dropLast().flatMap { Self.families(of: $0, table) }
    return others.contains(family) || families[path.folder]?[family] ?? 0 >= 4
      || path.parts.last.map { Self.families(of: $0, table).contains(family) } ?? false
  }

  /// Whether a word is a maker's mark where a file lies.
  func isMaker(_ word: String, in path: NamePath) -> Bool {
    path.ancestors.contains { makers[$0]?.contains(word) ?? false }
  }

  /// Whether a number only counts: a name of the same words has the next.
  func counts(_ number: Int, of part: NamePart, in path: NamePath) -> Bool {
    let others = numbers[path.folder + "|" + part.skeleton] ?? []
    return others.contains(number - 1) || others.contains(number + 1)
  }

  /// Whether letters are tonics: where most names of a folder have a letter or a tonic, and some of them an accidental.
  func areTonics(in path: NamePath) -> Bool {
    let (sharp, plain) = (sharps[path.folder] ?? 0, letters[path.folder] ?? 0)
    return sharp >= 2 && 2 * (sharp + plain) > counts[path.folder] ?? 0
  }

  /// Whether most names of a folder have a note, several different ones and not A1, A2, A3 alone.
  func areNotes(in path: NamePath) -> Bool {
    let notes = notes[path.folder] ?? []
    return notes.count >= 3 && 2 * notes.count > counts[path.folder] ?? 0 && Set(notes.map { $0.first }).count >= 3
  }
}

/// A file's path in a folder of samples, read.
struct NamePath: Sendable {
  /// The folders from the top, then the file.
  var parts: [NamePart]
  /// The path of the folder that it is in.
  let folder: String

  /// The paths of all folders that it is in, the top one, "", included.
  var ancestors: [String] {
    folder.split(separator: "/").reduce(into: [""]) { $0.append(($0.last ?? "") + "/" + $1) }
  }
}

extension NamePart {
  /// Where the words stand that no table has, before the first that one has; of a name without such its first word.
  var leadingOwn: [Int] { ownWords(in: Array(items.indices)) }
  /// Where they stand behind the last.
  var trailingOwn: [Int] { ownWords(in: items.indices.reversed()) }

  private func ownWords(in order: [Int]) -> [Int] {
    let words = order.filter { items[$0].isWord }
    let own = words.prefix { items[$0].sense == .own }
    return own.count == words.count ? Array(own.prefix(1)) : Array(own)
  }

  var notes: [String] { items.compactMap { if case .note(let name, _) = $0.sense { name } else { nil } } }
}

import Foundation

/// One component of a path, read: the file's name, or a folder's.
struct NamePart: Sendable {
  /// A word, or a few that mean something together.
  struct Item: Sendable, Equatable {
    enum Sense: Sendable, Equatable {
      case term(NameTable.Entry)
      /// A word that no table has: the maker's own.
      case own
      case number(Double)
      case tempo(Double)
      /// A tonic with a mode, or without one ("F#").
      case key(String)
      /// A note with its octave; whether its shape alone says so, as a sharp does.
      case note(String, isSure: Bool)
      /// A chord of more than a letter and a mode ("Dm7").
      case chord(String)
      /// A single letter, or one that may be a minor key ("am").
      case letter
    }

    let text: String
    var sense: Sense
    /// Whether it looks like a maker's mark rather than a word: "EE", "VEH2", "jb".
    var isCode = false

    var word: String { text.lowercased() }

    var entry: NameTable.Entry? { if case .term(let entry) = sense { entry } else { nil } }
    /// Whether it says what sounds, in whatever detail.
    var isHead: Bool { entry.map { [.source, .role, .general].contains($0.kind) } ?? false }
    var isNumber: Bool { if case .number = sense { true } else { false } }
    /// Whether it is a tonic without a mode, which only its accidental tells from a letter.
    var isLoneTonic: Bool { if case .key(let name) = sense { !name.contains(" ") } else { false } }
    /// Whether it is a word, rather than a number or what stands for one.
    var isWord: Bool {
      switch sense {
      case .term(let entry): entry.kind != .noise
      case .own, .chord: true
      default: false
      }
    }
  }

  var items: [Item]
  /// The category that its first field names in the Universal Category System's way.
  let code: CategoryCode?
  /// Whether it is a phrase of English, whose order counts: "rain on a tin roof".
  let isPhrase: Bool
  /// What is left out of it as its maker's.
  var leftOut: [String] = []

  /// Words joined, without numbers: names that differ in nothing else are takes of one thing.
  var skeleton: String { items.filter { $0.isWord || $0.sense == .letter }.map(\.word).joined(separator: " ") }
  var numbers: [Int] { items.compactMap { if case .number(let value) = $0.sense { Int(value) } else { nil } } }

  /// The part with weak terms believed or not.
  func believing(_ isBelieved: (NameTable.Entry) -> Bool) -> NamePart {
    var part = self
    for (place, item) in items.enumerated() {
      guard let entry = item.entry, entry.isWeak, !isBelieved(entry) else { continue }
      part.items[place].sense = item.text.count == 1 ? .letter : .own
    }
    return part
  }
}

extension NamePart {
  /// Reads one component.
  /// - Parameter isFile: whether it is a file's name, which may begin with a category's code.
  init(_ component: String, table: NameTable, isFile: Bool) {
    let fields = component.split(separator: "_").map(String.init)
    var text = component
    var (code, leftOut) = (CategoryCode?.none, [String]())
    // A number, who uploaded it, and the title, as Freesound names what is downloaded.
    let upload = component.components(separatedBy: "__")
    if isFile, upload.count > 2, upload[0].allSatisfy(\.isNumber), !upload[0].isEmpty {
      text = upload.dropFirst(2).joined(separator: " ")
      leftOut = Array(upload.prefix(2))
    }
    if isFile, let first = fields.first, let found = CategoryCode(first, fieldCount: fields.count, table: table) {
      code = found
      // The system's fields: category, name, maker, source, and what the user wants.
      text = ([found.rest] + fields.dropFirst().prefix(1)).joined(separator: " ")
      leftOut = Array(fields.dropFirst(2))
    }
    let tokens = NameToken.tokens(of: text) { chunk in
      table.entry([chunk.lowercased()]).map { !$0.isWeak } ?? false || NameMusic.isWhole(chunk)
    }
    var items: [Item] = []
    var place = 0
    let isPhrase = Self.isPhrase(tokens)
    while place < tokens.count {
      let (found, count) = Self.items(tokens[place...], table, isPhrase: isPhrase)
      items += found
      place += count
    }
    let hasSmall = text.contains { $0.isLowercase }
    for place in items.indices {
      let isNumbered =
        place + 1 < items.count && items[place + 1].isNumber
        && text.contains(
          items[place].text + items[place + 1].text)
      items[place].isCode = Self.isCode(items[place].text, amongSmall: hasSmall, isNumbered: isNumbered)
    }
    self.init(items: items, code: code, isPhrase: isPhrase, leftOut: leftOut)
  }

  /// What the first of some tokens are.
  private static func items(
    _ tokens: ArraySlice<NameToken>, _ table: NameTable, isPhrase: Bool
  ) -> ([Item], count: Int) {
    if let (sense, count) = NameMusic.sense(of: tokens) {
      return ([Item(text: text(tokens.prefix(count)), sense: sense)], count)
    }
    let first = tokens[tokens.startIndex]
    // "A" is an article in a phrase only.
    let isTonic = !isPhrase && first.isLetter && "abcdefg".contains(first.word)
    for count in stride(from: min(table.longest, tokens.count), to: isTonic ? 1 : 0, by: -1) {
      if let entry = table.entry(tokens.prefix(count).map(\.word)) {
        return ([Item(text: text(tokens.prefix(count)), sense: .term(entry))], count)
      }
    }
    if first.isNumber { return ([Item(text: first.text, sense: .number(Double(first.word) ?? 0))], 1) }
    if first.isLetter || NameMusic.isMinorKeyInSmall(first.text) {
      return ([Item(text: first.text, sense: .letter)], 1)
    }
    if let entries = table.joined(first.word) {
      return (entries.map { Item(text: first.text, sense: .term($0)) }, 1)
    }
    if let (before, entry) = table.ending(first.word) {
      let ending = String(first.text.dropFirst(before.count))
      return ([Item(text: before, sense: .own), Item(text: ending, sense: .term(entry))], 1)
    }
    return ([Item(text: first.text, sense: .own)], 1)
  }

  private static func isCode(_ text: String, amongSmall: Bool, isNumbered: Bool) -> Bool {
    guard text.count <= 4, text.allSatisfy(\.isASCII) else { return false }
    let isCapital = text.allSatisfy(\.isUppercase)
    return isCapital && (amongSmall || isNumbered) || !text.lowercased().contains { "aeiouy".contains($0) }
  }

  private static func text(_ tokens: ArraySlice<NameToken>) -> String { tokens.map(\.text).joined(separator: " ") }

  private static let joiningWords: Set<String> = [
    "with", "without", "on", "in", "of", "and", "from", "by", "into", "through", "under", "over", "for", "to", "at",
  ]

  /// Whether a word that joins others stands among them.
  private static func isPhrase(_ tokens: [NameToken]) -> Bool {
    tokens.count > 2 && tokens.dropFirst().dropLast().contains { joiningWords.contains($0.word) }
  }
}

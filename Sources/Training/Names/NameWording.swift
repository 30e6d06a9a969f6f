/// The caption that a name and its folders' names come to: how it sounds, what sounds, whether it is a loop or a stroke;
/// then the maker's own words, the key and the note.
struct NameWording {
  private(set) var category: String?
  private(set) var ownWords: [String] = []
  var key: String?
  var note: String?

  private var front: [String] = []
  private var heads: [String] = []
  private var forms: [String] = []
  private var after: [String] = []

  /// - Parameters:
  ///   - file: the file's name, without its maker's.
  ///   - folders: the names of the folders it is in, from the top.
  ///   - table: tells which categories belong together.
  init(file: NamePart, folders: [NamePart], table: NameTable) {
    let file = Self.subjects(of: file, folders, table)
    let (found, depth) = Self.heads(of: file, folders)
    category = file.code?.category ?? Self.category(found, file, folders)
    ownWords = file.items.filter { $0.sense == .own }.map(\.text)
    if file.code != nil || file.isPhrase {
      heads = file.code.map { [$0.wording] } ?? []
      let words = Self.phrase(file)
      if file.code == nil, depth != nil { heads = Self.distinct(found.map(\.meaning)) }
      if file.code == nil, depth == nil { heads = words } else { after = words }
      return
    }
    heads = Self.distinct(found.map(\.meaning))
    if heads.isEmpty {
      takeAll(of: file, folders)
    } else {
      take(file, hasHead: depth == nil)
      take(folders, headAt: depth)
    }
  }

  /// Empty where there is no word.
  var caption: String {
    var said: Set<String> = []
    // What is said once is not said again, but within a name of one thing: "snare drum and hand clap".
    func fresh(_ pieces: [String]) -> [String] {
      pieces.filter { piece in
        let words = piece.lowercased().split(separator: " ").map(String.init)
        defer { said.formUnion(words) }
        return !said.isSuperset(of: words)
      }
    }
    let heads = fresh(heads)
    let (front, forms, after) = (fresh(front), fresh(forms), fresh(after))
    var caption = Self.joined(front + heads + forms)
    if caption.isEmpty, after.isEmpty { return "" }
    if let key { caption += caption.isEmpty ? "in \(key)" : " in \(key)" }
    let tail = [after.joined(separator: " "), note ?? ""].filter { !$0.isEmpty }
    return ([caption] + tail).filter { !$0.isEmpty }.joined(separator: ", ")
  }

  // MARK: What sounds

  /// The file's name, in a folder of speech or of music: there "grenade" and "beach" do not sound, but are what it is about.
  private static func subjects(of file: NamePart, _ folders: [NamePart], _ table: NameTable) -> NamePart {
    let kinds = folders.flatMap { entries($0, [.source, .role]) }
    guard kinds.contains(where: { ["vocal", "music"].contains($0.category) }) else { return file }
    var file = file
    for (place, item) in file.items.enumerated() where item.isHead {
      let family = item.entry.map { table.family(of: $0.category) }
      if family == "world" || family == "effects" { file.items[place].sense = .own }
    }
    return file
  }

  /// What sounds, by the file's own name, else by the nearest folder's.
  /// - Returns: the terms, and which folder they are of; nil for the file's own.
  private static func heads(of file: NamePart, _ folders: [NamePart]) -> ([NameTable.Entry], depth: Int?) {
    var own = entries(file, [.source, .role])
    if own.contains(where: { $0.kind == .source }) { return (own, nil) }
    // A hit alone is less than a drum hit.
    if !own.isEmpty { own = entries(file, [.general, .role]) }
    let general = entries(file, [.general])
    func deepest(_ kind: NameTable.Kind) -> (entries: [NameTable.Entry], depth: Int)? {
      folders.indices.reversed().lazy.map { (entries(folders[$0], [kind]), $0) }.first { !$0.0.isEmpty }
    }
    let (source, role) = (deepest(.source), own.isEmpty ? deepest(.role) : nil)
    // "Basses/fx_01" is no bass.
    if own.isEmpty, let kind = general.last, source.map({ $0.entries.last?.category != kind.category }) ?? true,
      role == nil || source != nil
    {
      let nearer = source?.entries.last.map { classes[kind.category]?.contains($0.category) ?? false } ?? false
      if !nearer { return (general, nil) }
    }
    let found = (source?.entries ?? []) + own + (role?.entries ?? [])
    if !found.isEmpty { return (found, own.isEmpty ? max(source?.depth ?? 0, role?.depth ?? 0) : nil) }
    if !general.isEmpty { return (general, nil) }
    guard let named = deepest(.general) else { return ([], nil) }
    return (named.entries, named.depth)
  }

  /// The categories that a class of sounds has below it.
  private static let classes: [String: Set<String>] = [
    "drums": ["kick", "snare", "hi-hat", "cymbal", "tom", "clap", "percussion"],
    "percussion": ["clap", "tom", "snare", "cymbal"], "effect": ["noise", "weapon", "machine", "object", "water"],
    "wind": ["wind"], "keys": ["keys"], "bells": ["bells"],
  ]

  private static func entries(_ part: NamePart, _ kinds: Set<NameTable.Kind>) -> [NameTable.Entry] {
    part.items.compactMap(\.entry).filter { kinds.contains($0.kind) }
  }

  /// The last thing that sounds; a synthesizer is what it plays: a pad, a lead.
  private static func category(
    _ heads: [NameTable.Entry], _ file: NamePart, _ folders: [NamePart]
  ) -> String? {
    let vague: Set<String> = ["synth", "effect", "noise"]
    let named =
      heads.last { $0.kind == .source && !vague.contains($0.category) } ?? heads.last { $0.kind == .role }
      ?? heads.last { $0.kind == .source } ?? heads.last
    if let named { return named.category }
    let styles = ([file] + folders.reversed()).flatMap { entries($0, [.style]) }
    return styles.first { !$0.category.isEmpty }?.category
  }

  // MARK: The other words

  private mutating func take(_ file: NamePart, hasHead: Bool) {
    let head = hasHead ? file.items.firstIndex(where: \.isHead) ?? 0 : 0
    var (moved, before, styles) = ([String](), [String](), [String]())
    for (place, item) in file.items.enumerated() {
      if item.isWord, item.entry == nil {
        if place < head { before.append(Self.text(of: item)) } else { after.append(Self.text(of: item)) }
      }
      guard let entry = item.entry else { continue }
      switch entry.kind {
      case .quality: if place < head { before.append(entry.meaning) } else { moved.append(entry.meaning) }
      case .style: if place < head { before.append(entry.meaning) } else { styles.append(entry.meaning) }
      case .form: forms.append(entry.meaning)
      default: break
      }
    }
    front = moved + before + styles
  }

  /// From folders come styles, qualities and forms, and of those below the one that says what sounds their own words.
  private mutating func take(_ folders: [NamePart], headAt depth: Int?) {
    var (qualities, styles, own) = ([String](), [String](), [String]())
    for (place, folder) in folders.enumerated().reversed() {
      qualities += Self.entries(folder, [.quality]).map(\.meaning)
      styles += Self.entries(folder, [.style]).map(\.meaning)
      if forms.isEmpty { forms += Self.entries(folder, [.form]).map(\.meaning) }
      if let depth, place > depth {
        own += folder.items.filter { $0.sense == .own && !$0.isCode }.map(Self.text)
      }
    }
    front = qualities + front + styles
    after = own + after
  }

  /// Where nothing is known to sound, all words in their order, the nearest folder's first.
  private mutating func takeAll(of file: NamePart, _ folders: [NamePart]) {
    func words(_ part: NamePart) -> [String] {
      let words = part.items.filter { $0.isWord && !($0.isCode && $0.text.count < 3) }.map(Self.text)
      return words.isEmpty ? part.items.filter(\.isWord).map(Self.text) : words
    }
    let own = words(file)
    let folder = folders.reversed().lazy.map(words).first { !$0.isEmpty } ?? []
    heads = Self.distinctWords(folder + own)
  }

}

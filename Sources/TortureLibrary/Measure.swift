import Audio
import Foundation
import Library
import Storage

/// How long a library of many clips takes.
struct Measure {
  private let folder: URL

  /// Fills a library up to so many clips, of a tenth of a second each.
  init(_ folder: URL, clips count: Int) throws {
    self.folder = folder
    let library = try ClipLibrary(at: folder)
    let words = ["warm electric piano", "dusty drum loop", "soft strings", "deep bass line", "温暖的钢琴"]
    for number in try library.counts().clips..<count {
      let hertz = 80 + Double(number * 7919 % 4000)
      let samples = (0..<4410).map { 0.4 * Float(sin(2 * .pi * hertz * Double($0) / 44_100)) }
      let sound = AudioClip(mono: samples, sampleRate: 44_100)
      var facts = ClipFacts(name: "clip-\(number)")
      (facts.prompt, facts.seed) = ("\(words[number % words.count]), take \(number)", UInt64(number))
      (facts.bpm, facts.novelty) = (Double(60 + number * 37 % 120), Double(number % 100) / 50)
      (facts.caption, facts.model, facts.key) = (facts.prompt, "first", ["A minor", "C major", "F# minor"][number % 3])
      let bytes = try AudioFile.encode(sound, for: URL(fileURLWithPath: "tone.wav"))
      let id = try library.store(bytes, sound, facts).id
      if number % 20 == 0 { try library.change(id, ClipChange(state: .picked, rating: number % 6, tags: ["kept"])) }
    }
  }

  func run() throws {
    let library = try timed("open") { try ClipLibrary(at: folder) }
    try timed("first page of 100") { try library.clips() }
    for sort in ClipQuery.Sort.allCases {
      try timed("sorted by \(sort.rawValue), 100 of them") { try find(library) { $0.sort = sort } }
    }
    try timed("sorted by tempo, the last 100") { try find(library) { ($0.sort, $0.offset) = (.bpm, 19_900) } }
    for text in ["piano", "p", "warm elec", "钢琴", "12345", "take"] {
      try timed("words \"\(text)\"") { try find(library) { $0.text = text } }
      try timed("words \"\(text)\", the nearest first") {
        try find(library) { ($0.text, $0.sort) = (text, .relevance) }
      }
    }
    try timed("tempo 90 to 100, words, by novelty") {
      try find(library) { ($0.bpm, $0.text, $0.sort) = (90...100, "piano", .novelty) }
    }
    try timed("picks with a tag, by rating") {
      try find(library) { ($0.state, $0.tag, $0.sort) = (.picked, "kept", .rating) }
    }
    try timed("counts") { try library.counts() }
    try timed("map") { try library.map() }
    let clip = try library.clips().clips[0]
    try timed("alike") { try library.alike(clip.id) }
    try timed("pick") { try library.change(clip.id, ClipChange(state: .picked)) }
    try timed("undo") { try library.undo() }
    try timed("check") { try library.check() }
    try timed("rebuild") { try library.rebuild() }
  }

  private func find(_ library: ClipLibrary, _ fill: (inout ClipQuery) -> Void) throws {
    var query = ClipQuery()
    fill(&query)
    _ = try library.clips(query)
  }

  @discardableResult
  private func timed<Value>(_ what: String, _ work: () throws -> Value) throws -> Value {
    let start = ContinuousClock.now
    let value = try work()
    print(what + ": " + String(format: "%.1f ms", start.secondsAgo * 1000))
    return value
  }
}

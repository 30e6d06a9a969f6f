import Foundation

extension FolderReport {
  /// The most rows of the table of categories.
  private static let mostRows = 20
  /// Files that are named as liked most, and least.
  private static let mostLiked = 5

  /// The report on one screen: the folder, its categories, and what to do.
  /// - Parameter duration: writes a number of seconds as people say it.
  public func lines(duration: (Double) -> String) -> [String] {
    summary(duration: duration) + [""] + table + likingLines + [""] + findingLines
  }

  /// Places of files that a taste was asked about, what it likes most first.
  var byLiking: [Int] {
    files.indices.filter { files[$0].liking != nil }.sorted {
      (files[$1].liking ?? 0, $0) < (files[$0].liking ?? 0, $1)
    }
  }

  /// What is liked most, and least.
  private var likingLines: [String] {
    let order = byLiking
    let count = min(Self.mostLiked, order.count / 2)
    guard count > 0 else { return [] }
    func lines(_ places: some Sequence<Int>) -> [String] {
      places.map { String(format: "  %+5.2f  ", files[$0].liking ?? 0) + files[$0].file }
    }
    return ["", "liked most:"] + lines(order.prefix(count)) + ["liked least:"] + lines(order.suffix(count))
  }

  /// Every file with what was understood of it.
  public var list: [String] {
    files.map { file in
      let labels = [
        file.category, file.tempo.map { Self.number($0) + " bpm" }, file.key, file.note,
        file.leftOut.map { "left out: " + $0.joined(separator: " ") },
        file.saysNothing ? "the name says nothing" : nil, file.isNamed ? nil : "its own caption",
        file.liking.map { String(format: "liked %+.2f", $0) }, file.fault.map { "cannot be read: \($0)" },
      ].compactMap(\.self)
      return "\(file.file): \(file.captions.map { "\"\($0)\"" }.joined(separator: ", "))"
        + (labels.isEmpty ? "" : " (\(labels.joined(separator: "; ")))")
    }
  }

  private func summary(duration: (Double) -> String) -> [String] {
    let named = categories.count { $0.name != nil }
    let without = categories.first { $0.name == nil }?.clips ?? 0
    let rates = sampleRates.sorted { $0.value > $1.value }.map {
      "\(Self.number(Double($0.key) / 1000)) kHz \($0.value)"
    }
    let channels = channels.sorted { $0.key < $1.key }.map { count, clips in
      "\(count == 1 ? "mono" : count == 2 ? "stereo" : "\(count) channels") \(clips)"
    }
    let uses = captions.mostUsed.map { "\($0.word) \($0.clips)" }.joined(separator: ", ")
    return [
      "\(folder): \(clips) \(clips == 1 ? "clip" : "clips"), \(duration(seconds)); "
        + "\(named) \(named == 1 ? "category" : "categories")" + (without == 0 ? "" : ", \(without) clips without one"),
      "  lengths \(Self.seconds(shortestSeconds)) to \(Self.seconds(longestSeconds)), median \(Self.seconds(medianSeconds)); "
        + rates.joined(separator: ", ") + "; " + channels.joined(separator: ", ")
        + (self.channels.keys.contains { $0 > 1 } ? " (mixed to mono)" : "")
        + (levels.count == 3
          ? String(format: "; levels %.0f to %.0f, median %.0f dBFS", levels[0], levels[2], levels[1]) : ""),
      "  captions: \(captions.given) given, \(captions.fromNames) from names; \(captions.different) different; "
        + "\(captions.words) words, \(captions.onceUsed) of them in one clip only",
    ] + (uses.isEmpty ? [] : ["  words of most clips: \(uses)"])
  }

  private var table: [String] {
    func row(_ cells: [String]) -> String {
      let widths = [20, 7, 9, 9, 7, 12]
      return zip(cells, widths).enumerated().map { place, cell in
        let space = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
        return place == 0 ? cell.0 + space : space + cell.0
      }.joined().trimmingCharacters(in: .whitespaces)
    }
    let rows = categories.prefix(Self.mostRows).map { category in
      row([
        category.name ?? "(none)", "\(category.clips)", Self.seconds(category.medianSeconds),
        Self.seconds(category.longestSeconds), category.withTempo == 0 ? "" : "\(category.withTempo)",
        category.withKey == 0 ? "" : "\(category.withKey)",
      ])
    }
    let more = categories.count - rows.count
    return [row(["category", "clips", "median", "longest", "tempo", "key or note"])] + rows
      + (more > 0 ? ["… and \(more) more"] : [])
  }

  private var findingLines: [String] {
    findings.isEmpty ? ["nothing to mend"] : ["to do:"] + findings.map { "  " + $0.line }
  }

  static func seconds(_ value: Double) -> String {
    value < 10 ? String(format: "%.2f s", value) : value < 100 ? String(format: "%.1f s", value) : "\(Int(value)) s"
  }

  static func number(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : String(format: "%g", value)
  }
}

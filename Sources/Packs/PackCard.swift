import Audio
import Foundation
import Synthesis

/// The card of a pack, a page of Markdown: what is in it, whose it is, how it was made.
struct PackCard {
  let inventory: PackInventory
  let model: String
  let modelHash: String
  private var plan: PackPlan { inventory.plan }

  var text: String {
    let parts: [[String]] = [
      ["# \(plan.name)"], plan.about.map { [$0] } ?? [], [summary], [table], uses, licence, origin, missing,
    ]
    return parts.flatMap(\.self).filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var summary: String {
    let seconds = inventory.files.reduce(0) { $0 + ($1.seconds ?? 0) }
    let minutes = String(format: "%.1f", seconds / 60)
    let author = plan.author.map { " By \($0)." } ?? ""
    return "\(inventory.files.count) sounds and instruments, \(minutes) minutes of clips.\(author) `index.html` plays "
      + "them; `pack.json` lists them for programs."
  }

  private var table: String {
    let rows = plan.folders.map { folder in
      let files = inventory.files(in: folder)
      let cells: [String] = [
        "`\(folder.path)`", folder.about.map { "\(folder.kind.title): \($0)" } ?? folder.kind.title,
        "\(files.count)", Self.range(files.compactMap(\.bpm), "%g"),
        Self.some(files.compactMap { $0.key ?? $0.note }), level(files),
      ]
      return "| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |"
    }
    return (["| folder | what | files | bpm | keys, notes | level |", "|---|---|---:|---|---|---|"] + rows)
      .joined(separator: "\n")
  }

  private func level(_ files: [PackFile]) -> String {
    guard let first = files.first(where: { $0.peak != nil }) else { return "" }
    return first.kind == PackKind.oneShot.rawValue
      ? Self.range(files.compactMap(\.peak), "%.1f") + " dBFS peak"
      : Self.range(files.compactMap(\.loudness), "%.1f") + " LUFS"
  }

  private static func range(_ values: [Double], _ format: String) -> String {
    guard let low = values.min(), let high = values.max() else { return "" }
    let (least, most) = (String(format: format, low), String(format: format, high))
    return least == most ? least : "\(least) to \(most)"
  }

  private static func some(_ names: [String]) -> String {
    let all = names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return all.prefix(6).joined(separator: ", ") + (all.count > 6 ? ", …" : "")
  }

  private var uses: [String] {
    let wave =
      "Names have tempo and key. WAV files say it too, in chunks that samplers and sequencers read: root note and loop "
      + "(`smpl`), beats, tempo and key (`acid`)."
    let others = "Names have tempo and key, and so have the files' tags."
    let instruments =
      "A folder with an `instrument.json` is an instrument: load its SFZ, SF2 or DecentSampler file, or of a kit the "
      + "folder into Hydrogen."
    let songs =
      "A folder with a `mix.wav` is a composition: its stems lie beside it, all of one length and together exactly the mix, "
      + "and `idea.mid` has their notes."
    let hasInstruments = plan.folders.contains { $0.kind.isInstrument }
    return ["## Use", plan.format == "wav" ? wave : others] + (hasInstruments ? [instruments] : [])
      + (plan.folders.contains { $0.kind == .stems } ? [songs] : [])
  }

  private var licence: [String] {
    guard let licence = plan.licence else { return ["## Licence", "None is given: ask who made the pack."] }
    let isName = !licence.contains(where: \.isNewline)
    return ["## Licence", (isName ? "\(PackLicence.named(licence)). " : "") + "See `\(PackLicence.fileName)`."]
  }

  private var origin: [String] {
    let reseeded = inventory.reseededCount
    let again =
      reseeded > 0
      ? " \(reseeded) came too near to a clip of the training set or to each other, and were made again with another seed."
      : ""
    return [
      "## Origin",
      "A model made these sounds (digital source type `\(DigitalSource.trainedAlgorithmicMedia.rawValue)`, which each file says too); "
        + "none is a recording.",
      "Model `\(model)` (\(modelHash)), \(ClipTags.program) \(ClipTags.currentVersion). Each clip has its prompt, parameters and seed in its tags: "
        + "`hiss inspect FILE` shows them, `hiss replay FILE` makes it again. All seeds are in `pack.json`.\(again)",
    ]
  }

  private var missing: [String] {
    guard !inventory.missing.isEmpty else { return [] }
    let names = inventory.missing.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
    return ["## Missing", "\(inventory.missing.count) could not be made: \(names)."]
  }
}

/// The text of a pack's licence.
enum PackLicence {
  static let fileName = "LICENSE.txt"

  /// What some names stand for.
  private static let known = [
    "CC0-1.0": ("Creative Commons Zero 1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("Creative Commons Attribution-ShareAlike 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC-BY-NC-4.0": (
      "Creative Commons Attribution-NonCommercial 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"
    ),
  ]

  static func named(_ licence: String) -> String {
    known[licence].map { "[\($0.0)](\($0.1)) (\(licence))" } ?? licence
  }

  static func text(_ licence: String, of plan: PackPlan) -> String {
    let author = plan.author.map { " by \($0)" } ?? ""
    guard !licence.contains(where: \.isNewline) else { return "\(plan.name)\(author)\n\n\(licence)\n" }
    let name = known[licence].map { "\($0.0) (\(licence)), \($0.1)" } ?? licence
    return "\(plan.name)\(author)\nLicence: \(name)\n"
  }
}

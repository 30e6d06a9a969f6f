import Foundation

/// An instrument as SFZ text (SFZ 1 with `seq_length`, `seq_position` and `tune`: <https://sfzformat.com>), which most samplers read.
package enum SFZText {
  package static func text(_ notes: [SampledNote], name: String, sampleFolder: String) -> String {
    let takes = (notes.map(\.take).max() ?? 0) + 1
    var lines = [
      "// \(name), made by Hiss", "<control>", "default_path=\(sampleFolder)", "", "<global>", "ampeg_attack=0",
    ]
    for note in notes {
      var opcodes = [
        "sample=\(note.stem).wav", "pitch_keycenter=\(note.root)", "lokey=\(note.keys.lowerBound)",
        "hikey=\(note.keys.upperBound)", "lovel=\(note.velocities.lowerBound)", "hivel=\(note.velocities.upperBound)",
      ]
      if let cents = note.cents, Int(cents.rounded()) != 0 { opcodes.append("tune=\(Int(-cents.rounded()))") }
      if takes > 1 { opcodes += ["seq_length=\(takes)", "seq_position=\(note.take + 1)"] }
      if let loop = note.loop {
        // The last frame that is played, where the file's own loops name the first that is not.
        opcodes += ["loop_mode=loop_continuous", "loop_start=\(loop.lowerBound)", "loop_end=\(loop.upperBound - 1)"]
      } else {
        opcodes.append(note.isOneShot ? "loop_mode=one_shot" : "loop_mode=no_loop")
      }
      if let group = note.chokeGroup { opcodes += ["group=\(group)", "off_by=\(group)", "off_mode=fast"] }
      opcodes.append(String(format: "ampeg_release=%.3g", note.release))
      lines += ["", "<region>"] + opcodes
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

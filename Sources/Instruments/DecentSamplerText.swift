import Foundation
import Storage

/// An instrument as a preset of DecentSampler, a free player (its manual: "Decent Sampler File Format").
package enum DecentSamplerText {
  package static func text(_ notes: [SampledNote], name: String, sampleFolder: String) -> String {
    let takes = (notes.map(\.take).max() ?? 0) + 1
    let samples = notes.map { note -> String in
      var fields = [
        ("path", HTMLText.escaped("\(sampleFolder)\(note.stem).wav")), ("rootNote", "\(note.root)"),
        ("loNote", "\(note.keys.lowerBound)"), ("hiNote", "\(note.keys.upperBound)"),
        ("loVel", "\(note.velocities.lowerBound)"), ("hiVel", "\(note.velocities.upperBound)"),
      ]
      // What is played to its end does not fade when its key is let go.
      fields.append(note.isOneShot ? ("ampEnvEnabled", "false") : ("release", String(format: "%.3g", note.release)))
      // In semitones.
      if let cents = note.cents { fields.append(("tuning", String(format: "%.4f", -cents / 100))) }
      if takes > 1 {
        fields += [("seqMode", "round_robin"), ("seqLength", "\(takes)"), ("seqPosition", "\(note.take + 1)")]
      }
      if let loop = note.loop {
        fields += [
          ("loopEnabled", "true"), ("loopStart", "\(loop.lowerBound)"), ("loopEnd", "\(loop.upperBound - 1)"),
        ]
      }
      if let group = note.chokeGroup {
        fields += [("tags", "choke\(group)"), ("silencedByTags", "choke\(group)"), ("silencingMode", "fast")]
      }
      return "      <sample " + fields.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: " ") + "/>"
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- \(comment(name)), made by Hiss -->
      <DecentSampler minVersion="1.6.0">
        <groups attack="0.0" ampVelTrack="1">
          <group>
      \(samples.joined(separator: "\n"))
          </group>
        </groups>
      </DecentSampler>

      """
  }

  /// What may stand in a comment: no two hyphens in a row.
  private static func comment(_ text: String) -> String {
    HTMLText.escaped(text.split(separator: "-").joined(separator: " "))
  }
}

import Foundation
import Music

/// The name of a MIDI key: "C4" is 60, as most programs call middle C.
public enum KeyName {
  /// "A1", or "C#3".
  public static func text(_ key: Int) -> String { "\(PitchClass(key).name())\(key / 12 - 1)" }

  /// The frequency of a key, so many cents higher, where A4 is 440 Hz.
  static func hertz(_ key: Int, cents: Double = 0) -> Double {
    let semitones = Double(key - 69) + cents / 100
    return 440 * exp2(semitones / 12)
  }

  /// The keys of "A1..C6"; nil for anything else.
  public static func range(_ text: String) -> ClosedRange<Int>? {
    let ends = text.components(separatedBy: "..").map { key($0.trimmingCharacters(in: .whitespaces)) }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else { return nil }
    return low...high
  }

  /// The key of a name: "A1", "Bb3", "C-1", or a number; nil for anything else.
  public static func key(_ name: String) -> Int? {
    let lowest = "-1"
    let key =
      name.hasSuffix(lowest) && name.first?.isLetter == true
      ? PitchClass.key(ofNoteName: name.dropLast(lowest.count) + "0").map { $0 - 12 }
      : Int(name) ?? PitchClass.key(ofNoteName: name)
    return key.flatMap { (0...127).contains($0) ? $0 : nil }
  }
}

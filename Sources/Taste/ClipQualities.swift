import Foundation
public import Spectra

/// The heard qualities of a clip, measured on its mel frames; those that its prompt says, tempo and mode, are given.
///
///     let qualities = ClipQualities(MelSpectrogram().analyze(samples), mel: .standard, bpm: 96, isMinor: true)
///     qualities[.brightness]   // log2 hertz
public struct ClipQualities: Sendable, Equatable {
  /// Decibels below the loudest frame that count as sounding.
  private static let soundingDecibels = 25.0
  /// Decibels below the loudest frame that are heard at all.
  private static let rangeDecibels = 60.0
  /// A frame begins something where levels rise by more, in the mean over the bands that sound, in decibels.
  private static let onsetDecibels = 3.0
  /// Onsets are at least so far apart, in seconds.
  private static let onsetSeconds = 0.06

  private var values: [HeardQuality: Double] = [:]

  public subscript(_ quality: HeardQuality) -> Double? { values[quality] }

  package init(_ values: [HeardQuality: Double]) { self.values = values }

  /// - Parameters:
  ///   - frames: the clip's mel frames.
  ///   - bpm: its tempo, where it is known.
  ///   - isMinor: its mode, where it is known.
  public init(_ frames: MelFrames, mel: MelConfiguration, bpm: Double? = nil, isMinor: Bool? = nil) {
    let bands = frames.bandCount
    let hertz = Self.centres(mel)
    let halfRange = -mel.floorDecibels / 2
    let levels = frames.values.map { (Double($0) - 1) * halfRange }
    let rows = stride(from: 0, to: levels.count, by: bands).map { levels[$0..<$0 + bands] }
    let powers = rows.map { $0.map { pow(10, $0 / 10) } }
    let loudness = powers.map { 10 * log10(max($0.reduce(0, +), 1e-10)) }
    if let bpm { values[.tempo] = log2(bpm / 110) }
    if let isMinor { values[.mode] = isMinor ? 1 : -1 }
    guard let loudest = loudness.max(), levels.contains(where: { $0 > mel.floorDecibels }) else { return }
    let heard = loudness.indices.filter { loudness[$0] > loudest - Self.rangeDecibels }
    spectrum(heard.map { powers[$0] }, hertz)
    course(loudness, heard: heard, loudest: loudest, framesPerSecond: mel.framesPerSecond)
    motion(rows.map(Array.init), heard: heard, loudest: loudest, framesPerSecond: mel.framesPerSecond)
  }

  /// Where energy lies, of frames' powers.
  private mutating func spectrum(_ powers: [[Double]], _ hertz: [Double]) {
    var (centre, spread, flatness, weight) = (0.0, 0.0, 0.0, 0.0)
    var total = [Double](repeating: 0, count: hertz.count)
    for row in powers {
      let amplitudes = row.map { $0.squareRoot() }
      let sum = max(amplitudes.reduce(0, +), 1e-12)
      let mean = zip(amplitudes, hertz).reduce(0) { $0 + $1.0 * $1.1 } / sum
      let variance = zip(amplitudes, hertz).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) } / sum
      let count = Double(row.count)
      let logs = row.reduce(0) { $0 + log(max($1, 1e-11)) } / count
      centre += sum * mean
      spread += sum * variance.squareRoot()
      flatness += sum * (logs - log(max(row.reduce(0, +) / count, 1e-11)))
      weight += sum
      for band in row.indices { total[band] += row[band] }
    }
    let energy = max(total.reduce(0, +), 1e-12)
    values[.brightness] = log2(centre / weight + 1)
    values[.bandwidth] = log2(spread / weight + 1)
    values[.noisiness] = flatness / weight
    func share(_ isIn: (Double) -> Bool) -> Double {
      10 * log10(max(zip(total, hertz).reduce(0) { isIn($1.1) ? $0 + $1.0 : $0 } / energy, 1e-5))
    }
    values[.bass] = share { $0 < 200 }
    values[.air] = share { $0 > 5000 }
    var below = 0.0
    let middle = total.firstIndex {
      below += $0
      return below >= energy / 2
    }
    values[.register] = log2(hertz[middle ?? 0] + 1)
  }

  /// How level goes.
  private mutating func course(_ loudness: [Double], heard: [Int], loudest: Double, framesPerSecond: Double) {
    values[.sustain] = Double(heard.count { loudness[$0] > loudest - Self.soundingDecibels }) / Double(loudness.count)
    let levels = loudness.map { max($0, loudest - Self.rangeDecibels) }
    let mean = levels.reduce(0, +) / Double(levels.count)
    values[.dynamics] = (levels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(levels.count)).squareRoot()
    values[.length] = log2(Double((heard.last ?? 0) + 1) / framesPerSecond)
  }

  /// What begins, and how much the sound changes.
  private mutating func motion(_ rows: [[Double]], heard: [Int], loudest: Double, framesPerSecond: Double) {
    let floor = loudest - Self.rangeDecibels
    let flux = rows.indices.map { frame in
      guard frame > 0 else { return 0.0 }
      let (now, before) = (rows[frame], rows[frame - 1])
      return now.indices.reduce(0) { $0 + max(0, max(now[$1], floor) - max(before[$1], floor)) } / Double(now.count)
    }
    var onsets = 0
    var last = -Double.infinity
    for frame in flux.indices.dropFirst().dropLast() {
      let isPeak = flux[frame] >= flux[frame - 1] && flux[frame] > flux[frame + 1]
      let time = Double(frame) / framesPerSecond
      guard isPeak, flux[frame] > Self.onsetDecibels, time - last >= Self.onsetSeconds else { continue }
      onsets += 1
      last = time
    }
    let seconds = max(Double(rows.count) / framesPerSecond, 0.1)
    values[.density] = log2(Double(onsets) / seconds + 0.5)
    values[.percussiveness] = log(flux.reduce(0, +) / Double(max(1, heard.count)) + 0.05)
    let half = heard.count / 2
    guard half > 0 else { return }
    func mean(_ frames: ArraySlice<Int>) -> [Double] {
      (0..<rows[0].count).map { band in
        frames.reduce(0) { $0 + max(rows[$1][band], floor) } / Double(frames.count)
      }
    }
    let (first, second) = (mean(heard[..<half]), mean(heard[half...]))
    let squares = zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    values[.motion] = (squares / Double(first.count)).squareRoot()
  }

  /// The middle of each band, in hertz.
  private static func centres(_ mel: MelConfiguration) -> [Double] {
    MelFilterbank.warped(mel).centerHertz
  }
}

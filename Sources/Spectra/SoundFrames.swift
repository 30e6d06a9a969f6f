import Foundation

/// Frames of a sound as a network learns and makes them: mel frames, and what else is known (`FrameLayout`).
public struct SoundFrames: Sendable, Equatable {
  public let layout: FrameLayout
  /// `[frame, value]` row-major, −1…1.
  public var values: [Float] {
    didSet { checkShape() }
  }

  /// Frames held.
  public var frameCount: Int { values.count / layout.valueCount }

  /// Frames over `values`, `[frame, value]` row-major.
  /// - Precondition: `values` holds whole frames.
  public init(layout: FrameLayout, values: [Float]) {
    (self.layout, self.values) = (layout, values)
    checkShape()
  }

  /// `frameCount` frames of silence.
  public init(frameCount: Int, layout: FrameLayout) {
    precondition(frameCount >= 0, "\(frameCount) frames")
    let values = [Float](unsafeUninitializedCapacity: frameCount * layout.valueCount) { values, count in
      if let base = values.baseAddress { layout.fillSilence(base, count: frameCount) }
      count = frameCount * layout.valueCount
    }
    self.init(layout: layout, values: values)
  }

  /// Frames of these parts.
  /// - Precondition: all have as many frames.
  public init(mel: MelFrames, stereo: StereoFrames? = nil, attacks: AttackFrames? = nil) {
    let parts = FrameParts(stereoBandCount: stereo?.bandCount ?? 0, hasAttacks: attacks != nil)
    let layout = FrameLayout(melBandCount: mel.bandCount, parts: parts)
    guard !layout.isMelAlone else {
      self.init(layout: layout, values: mel.values)
      return
    }
    self.init(frameCount: mel.frameCount, layout: layout)
    put(mel.values, at: layout.mel)
    if let stereo {
      let (differences, widths) = stereo.packed
      put(differences, at: layout.differences)
      put(widths, at: layout.widths)
    }
    if let attacks { put(attacks.decibels.map { $0 / AttackFrames.mostDecibels }, at: layout.attacks) }
  }

  /// The mid's mel frames.
  public var mel: MelFrames {
    get { MelFrames(bandCount: layout.melBandCount, values: layout.isMelAlone ? values : taken(layout.mel)) }
    set {
      precondition(newValue.bandCount == layout.melBandCount, "mel frames of \(newValue.bandCount) bands")
      if layout.isMelAlone { values = newValue.values } else { put(newValue.values, at: layout.mel) }
    }
  }

  /// How left and right lie to each other; nil for frames of one channel.
  public var stereo: StereoFrames? {
    guard layout.parts.stereoBandCount > 0 else { return nil }
    return StereoFrames(
      bandCount: layout.parts.stereoBandCount,
      differences: taken(layout.differences).map { atanh(min(max($0, -1), 1)) / StereoFrames.nepersPerDecibel },
      widths: taken(layout.widths).map { ($0 + 1) / 2 })
  }

  /// How power moves within frames; nil where that is not told.
  public var attacks: AttackFrames? {
    layout.parts.hasAttacks ? AttackFrames(decibels: taken(layout.attacks).map { $0 * AttackFrames.mostDecibels }) : nil
  }

  /// Writes the frame that lies at `place`, in frames, or between two: all by proportion, but for attack values. Behind
  /// the last frame there is the last one, or on a circle the first.
  /// - Precondition: `place` is 0 or more, and less than `frameCount` where there is no circle.
  public func copyFrame(at place: Double, isCircular: Bool = false, into destination: UnsafeMutablePointer<Float>) {
    let (width, part) = (layout.valueCount, Float(place - place.rounded(.down)))
    let first = isCircular ? Int(place) % frameCount : Int(place)
    let second = isCircular ? (first + 1) % frameCount : min(first + 1, frameCount - 1)
    for index in 0..<layout.attacks.lowerBound {
      destination[index] = (1 - part) * values[first * width + index] + part * values[second * width + index]
    }
    guard !layout.attacks.isEmpty else { return }
    for (place, value) in zip(layout.attacks, attackValues(at: place, isCircular: isCircular)) {
      destination[place] = value
    }
  }

  /// As `copyFrame`, `[value]`.
  public func frame(at place: Double, isCircular: Bool = false) -> [Float] {
    [Float](unsafeUninitializedCapacity: layout.valueCount) { values, count in
      if let base = values.baseAddress { copyFrame(at: place, isCircular: isCircular, into: base) }
      count = layout.valueCount
    }
  }

  /// The attack values that a frame has which lies at `place`, in frames, or between two: those of the quarters of the
  /// hop nearest to its own, as a mean of two strokes is none. Beyond the ends there are those of the first and the last
  /// quarter, or on a circle what comes round.
  public func attackValues(at place: Double, isCircular: Bool = false) -> [Float] {
    let (own, total) = (layout.attacks.count, frameCount * layout.attacks.count)
    guard total > 0 else { return [] }
    let first = Int((place * Double(own)).rounded())
    return (0..<own).map { quarter in
      let wanted = first + quarter
      let index = isCircular ? ((wanted % total) + total) % total : min(max(wanted, 0), total - 1)
      return values[index / own * layout.valueCount + layout.attacks.lowerBound + index % own]
    }
  }

  /// Makes the sound steady from a frame on: nothing strikes there.
  public mutating func steady(from first: Int) {
    for frame in stride(from: max(0, first), to: frameCount, by: 1) {
      for place in layout.attacks { values[frame * layout.valueCount + place] = 0 }
    }
  }

  /// Some values of all frames, `[frame, value]`.
  private func taken(_ places: Range<Int>) -> [Float] {
    (0..<frameCount).flatMap { frame -> ArraySlice<Float> in
      let start = frame * layout.valueCount
      return values[start + places.lowerBound..<start + places.upperBound]
    }
  }

  private mutating func put(_ part: [Float], at places: Range<Int>) {
    precondition(
      part.count == frameCount * places.count, "\(part.count) values are not \(places.count) of \(frameCount) frames")
    var all = values
    for frame in 0..<frameCount {
      let (to, from) = (frame * layout.valueCount + places.lowerBound, frame * places.count)
      for index in 0..<places.count { all[to + index] = part[from + index] }
    }
    values = all
  }

  private func checkShape() {
    precondition(
      values.count % layout.valueCount == 0,
      "\(values.count) values are not whole frames of \(layout.valueCount)")
  }
}

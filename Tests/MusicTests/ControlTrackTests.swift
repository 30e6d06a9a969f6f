import Music
import Testing

@Suite struct ControlTrackTests {
  /// Every value different, so that none can be taken for another; the phases lie on their circles.
  static func counting(_ frameCount: Int, groups: ControlTrack.Groups = .all) -> ControlTrack {
    let values = (0..<frameCount * ControlTrack.valueCount).map { Float($0 + 1) / 1000 }
    return ControlTrack(values: values, groups: groups)
  }

  @Test func aNewTrackSaysNothing() {
    let track = ControlTrack(frameCount: 3)
    #expect(track.frameCount == 3 && track.groups == [] && track.framesPerSecond == 57.421875)
    #expect(track.values == [Float](repeating: 0, count: 81))
    #expect(track.features() == [Float](repeating: 0, count: 96))
    #expect(track.beatPhase(frame: 0) == nil && track.barPhase(frame: 2) == nil)
    #expect(ControlTrack(frameCount: 0).frameCount == 0)
    #expect(ControlTrack(frameCount: 574).duration == 574 * 768 / 44_100.0)
  }

  @Test func absentGroupsAreZero() {
    let track = Self.counting(2, groups: [.loudness, .meter])
    #expect(track[0].prefix(12).allSatisfy { $0 == 0 } && track.brightness(frame: 0) == 0)
    #expect(track.loudness(frame: 1) == 0.040)
    #expect(Array(track[1].suffix(13)) == [0.042, 0.043, 0.044, 0.045] + [Float](repeating: 0, count: 9))
    var less = Self.counting(2)
    less.clear([.pitch, .brightness, .register])
    #expect(less == track)
  }

  @Test func featuresFlagWhatIsKeptAndThere() {
    let track = Self.counting(2, groups: [.pitch, .brightness, .meter, .register])
    let kept: [ControlTrack.Groups] = [.all, [.pitch, .loudness], .meter, [.loudness, .register], []]
    let flags: [[Float]] = [[1, 0, 1, 1, 1], [1, 0, 0, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0]]
    for (kept, flags) in zip(kept, flags) {
      let features = track.features(keeping: kept)
      #expect(features.count == 64)
      for frame in 0..<2 {
        let row = Array(features[frame * 32..<frame * 32 + 32])
        #expect(Array(row[18..<22]) + [row[31]] == flags)
        for index in 0..<27 {
          let group = index < 12 ? 0 : index < 14 ? index - 11 : index < 18 ? 3 : 4
          let shown = row[index < 18 ? index : index + 4]
          #expect(shown == (flags[group] == 1 ? Float(frame * 27 + index + 1) / 1000 : 0))
        }
      }
    }
  }

  /// Networks of before there was a register see what they always have.
  @Test func olderNetworksSeeTheBeginning() {
    let track = Self.counting(2)
    let (all, fewer) = (track.features(), track.features(width: 22))
    #expect(fewer == Array(all[0..<22] + all[32..<54]))
    #expect(ControlTrack.groups(ofFeatures: 22) == [.pitch, .loudness, .brightness, .meter])
    #expect(ControlTrack.groups(ofFeatures: 32) == .all && ControlTrack.groups(ofFeatures: 0) == [])
  }

  @Test func slicesHoldTheirFrames() {
    let track = Self.counting(6)
    let slice = track.slice(from: 2, count: 3)
    #expect(slice.values == Array(track.values[54..<135]) && slice.groups == .all)
    #expect(track.slice(from: 6, count: 0).frameCount == 0)
    #expect(track.resized(to: 4) == track.slice(from: 0, count: 4))
  }

  @Test func longerTracksAreSilentAndKeepTheirTempo() {
    for timeSignature in [TimeSignature(4, 4), TimeSignature(3, 4), TimeSignature(6, 8), TimeSignature(7, 8)] {
      for tempo in [61.0, 120, 173.5] {
        let long = ControlTrack(tempo: tempo, timeSignature: timeSignature, frameCount: 900)
        for frames in [40, 41, 42, 43, 200, 333] {
          let grown = long.resized(to: frames).resized(to: 900)
          let furthest = (0..<900).map { Self.distance(grown, long, frame: $0) }.max() ?? 1
          #expect(furthest < 0.01, "\(timeSignature.name) at \(tempo) from frame \(frames)")
        }
      }
    }
    var loud = Self.counting(2)
    loud.clear(.meter)
    let grown = loud.resized(to: 4)
    #expect(grown.values == loud.values + [Float](repeating: 0, count: 54) && grown.groups == loud.groups)
    // Metre that stands still or is not there does not go on.
    #expect(ControlTrack(tempo: 120, frameCount: 1).resized(to: 3).barPhase(frame: 2) == nil)
    let stopped = ControlTrack(values: Array(repeating: 0, count: 135), groups: .meter).resized(to: 9)
    #expect(stopped.groups == .meter && stopped.barPhase(frame: 8) == nil)
  }

  /// How far apart two tracks are in the bar and the beat, as a part of a turn; a beat just before the bar line may
  /// count as past it.
  static func distance(_ a: ControlTrack, _ b: ControlTrack, frame: Int) -> Double {
    guard let first = a.barPhase(frame: frame), let second = b.barPhase(frame: frame),
      let firstBeat = a.beatPhase(frame: frame), let secondBeat = b.beatPhase(frame: frame)
    else { return 1 }
    func turn(_ difference: Double) -> Double { abs(difference - difference.rounded()) }
    let atBarLine = min(second, 1 - second) < 1e-3
    return max(turn(first - second), atBarLine ? 0 : turn(firstBeat - secondBeat))
  }

  @Test func metersAreWhereTheBeatsAre() {
    // At 120 beats a minute and 4 frames a second a beat is 2 frames.
    let track = ControlTrack(tempo: 120, timeSignature: TimeSignature(3, 4), frameCount: 7, framesPerSecond: 4)
    #expect(track.groups == .meter)
    for frame in 0..<7 {
      #expect(abs(track.beatPhase(frame: frame)! - (frame % 2 == 0 ? 0 : 0.5)) < 1e-6)
      #expect(abs(track.barPhase(frame: frame)! - Double(frame % 6) / 6) < 1e-6)
    }
    #expect(abs(track[1][27 + 15] - -1) < 1e-6)
  }

  @Test func smoothingAveragesAllButTheMeter() {
    var values = [Float](repeating: 0, count: 5 * 27)
    for place in [0, 12, 13, 14, 20] { values[2 * 27 + place] = 1 }
    let track = ControlTrack(values: values, groups: .all, framesPerSecond: 10)
    let smooth = track.smoothed(seconds: 0.3)
    for place in [0, 12, 13, 20] {
      for (frame, value) in [0, 1.0 / 3, 1.0 / 3, 1.0 / 3, 0].enumerated() {
        #expect(abs(smooth[frame][frame * 27 + place] - Float(value)) < 1e-6)
      }
    }
    #expect(smooth[2][54 + 14] == 1 && smooth[1][27 + 14] == 0)
    // At the ends over the frames that there are.
    #expect(abs(track.smoothed(seconds: 0.5)[0][0] - 1.0 / 3) < 1e-6)
    #expect(track.smoothed(seconds: 0) == track && track.smoothed(seconds: 0.19) == track)
    #expect(abs(track.smoothed(seconds: 1000)[4][108] - 0.2) < 1e-6)
  }

  @Test func mergingTakesTheOthersGroups() {
    let base = Self.counting(3, groups: [.pitch, .loudness])
    let meter = ControlTrack(tempo: 100, frameCount: 2)
    let merged = base.merging(meter)
    #expect(merged.groups == [.pitch, .loudness, .meter] && merged.frameCount == 3)
    #expect(Array(merged[1].prefix(14)) == Array(base[1].prefix(14)))
    #expect(Array(merged[1].suffix(13)) == Array(meter[1].suffix(13)))
    #expect(merged.barPhase(frame: 2) != nil)
    let silent = ControlTrack(values: [Float](repeating: 0, count: 81), groups: .pitch)
    #expect(base.merging(silent)[0].prefix(12).allSatisfy { $0 == 0 })
    #expect(base.merging(ControlTrack(frameCount: 3)) == base)
  }

  @Test func barsAreExact() {
    let tempo = Tempo(beatsPerMinute: 120)
    #expect(Bars(4, tempo: tempo).sampleCount(sampleRate: 44_100) == 352_800)
    #expect(Bars(0.5, tempo: tempo).sampleCount(sampleRate: 44_100) == 44_100)
    #expect(Bars(2, tempo: Tempo(beatsPerMinute: 90), timeSignature: TimeSignature(6, 8)).beats == 6)
    #expect(
      Bars(2, tempo: Tempo(beatsPerMinute: 90), timeSignature: TimeSignature(6, 8)).sampleCount(sampleRate: 48_000)
        == 192_000)
    #expect(Bars(1, tempo: Tempo(beatsPerMinute: 97)).sampleCount() == 109_113)
    #expect(abs(Bars(1, tempo: Tempo(beatsPerMinute: 97)).seconds - 240.0 / 97) < 1e-12)
  }
}

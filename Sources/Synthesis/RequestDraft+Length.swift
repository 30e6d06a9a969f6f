import Foundation
import Music

extension RequestDraft {
  /// The clip's length: what is asked for, in options or in the prompt, else its files' own.
  /// - Parameter notes: gets what was asked for in vain, and what is cut.
  func seconds(
    _ controls: ControlRequest, heard: PromptMusic?, _ files: GivenFiles, notes: inout [RequestLine]
  ) throws(RequestProblem) -> Double {
    let seconds = try wantedSeconds(controls, heard: heard, notes: &notes)
    if seconds == nil, let file = files.tooShort {
      throw
        "\(file.path) lasts \(String(format: "%.4g s", file.seconds)), and no clip is that short: say \(field: "duration")"
    }
    let longest = GenerationRequest.maximumDuration
    let length = seconds ?? files.seconds.map { min($0, longest) } ?? request.duration
    notes += files.notes(clip: length)
    return length
  }

  private func wantedSeconds(
    _ controls: ControlRequest, heard: PromptMusic?, notes: inout [RequestLine]
  ) throws(RequestProblem) -> Double? {
    if let bars {
      guard let seconds = try seconds(bars: bars, controls) else {
        throw "\(field: "bars") wants a tempo: \(field: "bpm"), one in the prompt, or a MIDI file's"
      }
      return seconds
    }
    if let duration { return duration }
    switch heard?.length {
    case .seconds(let seconds): return seconds
    case .bars(let bars):
      if let seconds = try seconds(bars: bars, controls) { return seconds }
      notes.append("the \(bars) bars of the prompt want a tempo, as in \"90 bpm\" or \(field: "bpm") 90")
      return nil
    case nil: return nil
    }
  }

  /// So many bars in seconds, of the MIDI file where there is one; nil without a tempo.
  private func seconds(bars: Int, _ controls: ControlRequest) throws(RequestProblem) -> Double? {
    guard let file = controls.midi else { return controls.seconds(bars: bars) }
    let score: MIDIFile
    do { score = try files.score(file) } catch { throw RequestProblem(error) }
    guard score.tempo != nil else { return controls.seconds(bars: bars) }
    let beats = score.beat(ofBars: bars, timeSignature: controls.timeSignature.flatMap { TimeSignature(name: $0) })
    return controls.tempo.map { beats * 60 / $0 } ?? score.seconds(atBeat: beats)
  }

  /// What of the prompt and of the options is not heeded beside a file's notes.
  func controlNotes(_ controls: ControlRequest, heard: PromptMusic?) throws(RequestProblem) -> [RequestLine] {
    var notes: [RequestLine] = []
    if let chords = controls.chords, chords != request.controls?.chords,
      let explanation = (try? controls.chart())?.notation.explanation
    {
      notes.append("\(field: "chords") are read with \(explanation)")
    }
    guard let file = controls.midi ?? controls.follow, file != request.controls?.midi, file != request.controls?.follow
    else { return notes }
    let unused = [heard?.chordNames.map { "the chords \($0)" }, heard?.noteName.map { "the note \($0)" }]
    for words in unused.compactMap(\.self) {
      notes.append("\(words) of the prompt: not used, the notes are \(file.path)'s")
    }
    guard let midi = controls.midi, midi != request.controls?.midi else { return notes }
    for (name, value) in [("note", controls.note), ("key", controls.chords == nil ? self.controls.key : nil)]
    where value != nil {
      notes.append("\(field: name) is not used: the notes are \(midi.path)'s")
    }
    if controls.chords != nil { notes.append("\(field: "chords") take the place of \(midi.path)'s notes") }
    return notes + (try tempoNotes(controls, midi))
  }

  private func tempoNotes(_ controls: ControlRequest, _ midi: ControlFile) throws(RequestProblem) -> [RequestLine] {
    guard let tempo = controls.tempo else { return [] }
    let score: MIDIFile
    do { score = try files.score(midi) } catch { throw RequestProblem(error) }
    let wanted = String(format: "%g bpm", tempo)
    guard let own = score.tempo else {
      return ["\(midi.path) counts seconds and no beats: it goes at its own pace, and \(wanted) is the metre's alone"]
    }
    var notes: [RequestLine] = []
    if self.controls.tempo == nil, abs(own - tempo) > 0.005 * own {
      let ownText = String(format: "%.4g", own)
      notes.append("\(midi.path) is played at the prompt's \(wanted), not at its own \(ownText)")
    }
    if score.changesTempo { notes.append("\(midi.path): its changes of tempo are left out: \(wanted) throughout") }
    return notes
  }
}

import Audio
import Corpus
import Foundation
import Instruments
import Music
import Spectra
import Storage
import Synthesis
import Text

/// What makes the sound of each stem.
extension IdeaStems {
  /// What a player is asked for, without its notes.
  private func request(of player: IdeaStem) -> GenerationRequest {
    var request = request
    if player.role != .chords { request.prompt = player.prompt }
    request.lufs = nil
    request.controls?.placesOnsets = true
    return request
  }

  func melodic(
    _ synthesizer: Synthesizer, _ progress: @escaping @Sendable (Int, Int) -> Void,
    _ isStopped: @escaping @Sendable () -> Bool
  ) throws -> [Stem] {
    let players = idea.stems.filter { $0.role != .drums }
    let requests = players.map { player in
      var request = request(of: player)
      request.controls?.midi = ControlFile(
        name: "\(player.role.rawValue).mid", in: folder, contents: idea.score(of: player).encoded())
      return request
    }
    let clips = try synthesizer.generate(requests, progress: progress, isStopped: isStopped)
    return zip(players, zip(requests, clips)).map {
      Stem(role: $0.role, clip: $1.1, prompt: $1.0.prompt, request: $1.0)
    }
  }

  /// Where the MIDI files of parts lie while the parts are made.
  var partFolder: URL { folder.appendingPathComponent(".parts") }

  /// The stems of a form, each joined of its parts.
  func joined(
    _ synthesizer: Synthesizer, _ progress: @escaping @Sendable (Int, Int) -> Void,
    _ isStopped: @escaping @Sendable () -> Bool
  ) throws -> [Stem] {
    try DurableFile.makeFolder(partFolder)
    defer { try? FileManager.default.removeItem(at: partFolder) }
    let mel = synthesizer.model.configuration.mel
    let rate = mel.sampleRate
    let players = idea.stems.filter { $0.role != .drums }
    let parts = players.map { StemParts(idea, $0, sampleRate: rate).parts() }
    var requests: [GenerationRequest] = []
    // A part that comes again is made once.
    let places = try zip(players, parts).map { player, parts in
      try parts.map { part -> Int? in
        guard !part.isRest else { return nil }
        let request = try StemParts(idea, player, sampleRate: rate).request(
          of: part, like: self.request(of: player), in: partFolder)
        if let known = requests.firstIndex(of: request) { return known }
        requests.append(request)
        return requests.count - 1
      }
    }
    let made = try synthesizer.frames(of: requests, progress: progress, isStopped: isStopped)
    return players.indices.map { index in
      let player = players[index]
      let joined = StemJoin(
        zip(parts[index], places[index]).map { part, place in
          place.map { StemJoin.Part(own: part.own, made: part.made, frames: made[$0]) }
        }, mel: mel, frame: synthesizer.model.configuration.parts)
      let count = synthesizer.sampleCount(idea.seconds)
      let request = request(of: player)
      let clip = synthesizer.sound(
        of: joined.frames(sampleCount: count), playing: idea.score(of: player), like: request, sampleCount: count)
      let seconds = 60 / idea.tempo
      let notes = player.notes.map { (start: $0.startBeats * seconds, end: $0.endBeats * seconds) }
      let channels = clip.channels.map { StemRests.silenced($0, notes: notes, sampleRate: rate) }
      return Stem(
        role: player.role, clip: AudioClip(channels: channels, sampleRate: rate), prompt: request.prompt)
    }
  }

  func drums(
    _ player: IdeaStem, _ synthesizer: Synthesizer, _ vocabulary: Vocabulary?, threads: Int
  ) throws -> (stem: Stem, remarks: [String]) {
    let plan = DrumKitPlan(
      style: player.prompt, drums: KitDrum.playing(Set(player.notes.map(\.key))), seed: request.seed)
    let kit = try NoteMaker(synthesizer, vocabulary: vocabulary, threads: threads).kit(plan)
    let rate = synthesizer.model.configuration.mel.sampleRate
    let clip = KitPlayer(kit.notes).play(
      player.notes, tempo: idea.tempo, frameCount: synthesizer.sampleCount(idea.seconds), sampleRate: rate)
    return (Stem(role: .drums, clip: clip, prompt: player.prompt), kit.remarks)
  }
}

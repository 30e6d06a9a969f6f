import Audio
package import Corpus
package import Foundation
import Music
package import Synthesis

/// A composed idea, and what its clip is asked for besides its MIDI file.
package struct IdeaSketch {
  package let idea: Idea
  let midi: [UInt8]
  package let request: GenerationRequest

  package init(_ idea: Idea, request: GenerationRequest, controlScale: Float?) {
    self.idea = idea
    midi = idea.midi.encoded()
    var request = request
    request.prompt = idea.prompt
    request.duration = idea.seconds
    var controls = ControlRequest()
    (controls.key, controls.tempo) = (idea.key.name, idea.tempo)
    controls.timeSignature = idea.timeSignature.name
    controls.scale = controlScale
    controls.hasHeardPrompt = true
    controls.settleRules(prompt: idea.prompt)
    request.controls = controls
    self.request = request
  }

  /// The request with the MIDI file of a name, which lies beside the clip.
  func request(midi name: String, in folder: URL) -> GenerationRequest {
    var request = request
    request.controls?.midi = ControlFile(name: name, in: folder, contents: midi)
    return request
  }
}

/// Where ideas go: idea-1.wav and idea-1.mid, and so on, in a folder where none replaces another.
package struct IdeaFiles {
  package let sketches: [IdeaSketch]
  package let requests: [GenerationRequest]
  package let clips: OutputFiles
  package let midi: [URL]

  /// - Parameter tags: what the clip of a request keeps.
  package init(
    _ output: String, _ sketches: [IdeaSketch], sampleRate: Int, tags: (GenerationRequest) -> ClipTags
  ) throws {
    let folder = URL(fileURLWithPath: output)
    guard OutputPlace.isFolder(folder) != false, output.hasSuffix("/") || !Self.namesAudio(folder) else {
      throw OutputError.notAFolder(path: output)
    }
    var (requests, urls, allTags) = ([GenerationRequest](), [URL](), [ClipTags]())
    for (index, sketch) in sketches.enumerated() {
      let name = Self.freeName("idea-\(index + 1)", in: folder) { name in
        sketch.holds(name, in: folder, tags: tags(sketch.request(midi: name + ".mid", in: folder)).audioTags)
      }
      requests.append(sketch.request(midi: name + ".mid", in: folder))
      urls.append(folder.appendingPathComponent(name + ".wav"))
      allTags.append(tags(requests[index]))
    }
    self.sketches = sketches
    self.requests = requests
    clips = OutputFiles(urls: urls, clips: allTags, sampleRate: sampleRate)
    midi = urls.map { $0.deletingPathExtension().appendingPathExtension("mid") }
    try clips.check()
  }

  private static func namesAudio(_ url: URL) -> Bool {
    OutputPlace.isFolder(url) == nil && AudioFile.writableExtensions.contains(url.pathExtension.lowercased())
  }

  /// The first of name, name-2, … under which there is nothing, or this very idea.
  private static func freeName(_ name: String, in folder: URL, holds: (String) -> Bool) -> String {
    var (candidate, number) = (name, 2)
    func isTaken(_ suffix: String) -> Bool {
      OutputPlace.isFolder(folder.appendingPathComponent(candidate + suffix)) != nil
    }
    while isTaken(".wav") || isTaken(".mid"), !holds(candidate) {
      candidate = "\(name)-\(number)"
      number += 1
    }
    return candidate
  }

  /// Writes the MIDI files of some ideas, and makes their clips; of what then lacks its clip nothing is left.
  package func withMIDI(_ range: Range<Int>, make: () throws -> Void) throws {
    var new: [Int] = []
    do {
      for index in range where OutputPlace.isFolder(midi[index]) == nil {
        try FileManager.default.createDirectory(
          at: midi[index].deletingLastPathComponent(), withIntermediateDirectories: true)
        new.append(index)
        try sketches[index].idea.midi.write(to: midi[index])
      }
      try make()
    } catch {
      for index in new where OutputPlace.isFolder(clips.urls[index]) == nil {
        try? FileManager.default.removeItem(at: midi[index])
        // Which keeps a folder with anything in it.
        rmdir(midi[index].deletingLastPathComponent().path)
      }
      throw error
    }
  }
}

extension IdeaSketch {
  /// Whether a folder holds this idea under a name, as far as anything is there.
  fileprivate func holds(_ name: String, in folder: URL, tags: AudioTags) -> Bool {
    let url = folder.appendingPathComponent(name)
    if let there = try? Data(contentsOf: url.appendingPathExtension("mid")), !there.elementsEqual(midi) { return false }
    guard OutputPlace.isFolder(url.appendingPathExtension("wav")) != nil else { return true }
    return (try? AudioFile.tags(of: url.appendingPathExtension("wav")))?.comment == tags.comment
  }
}

import Audio
package import Corpus
package import Foundation
import Music
import Storage
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
    request.understoodPrompt = nil
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
  package var clips: OutputFiles
  package let midi: [URL]

  /// - Parameter tags: what the clip of a request keeps.
  package init(
    _ output: String, _ sketches: [IdeaSketch], sampleRate: Int, hasPictures: Bool,
    tags: (GenerationRequest) -> ClipTags
  ) throws {
    let folder = try OutputPlace.url(output)
    guard OutputPlace.isFolder(folder) != false, output.hasSuffix("/") || !Self.namesAudio(folder) else {
      throw OutputError.notAFolder(path: output)
    }
    var (requests, urls, allTags) = ([GenerationRequest](), [URL](), [ClipTags]())
    for (index, sketch) in sketches.enumerated() {
      let endings = [".wav", ".mid"] + (hasPictures ? [".png"] : [])
      let name = Self.freeName("idea-\(index + 1)", in: folder, endings) { name in
        sketch.holds(
          name, in: folder, tags: tags(sketch.request(midi: name + ".mid", in: folder)), hasPictures: hasPictures)
      }
      requests.append(sketch.request(midi: name + ".mid", in: folder))
      urls.append(folder.appendingPathComponent(name + ".wav"))
      allTags.append(tags(requests[index]))
    }
    self.sketches = sketches
    self.requests = requests
    clips = OutputFiles(urls: urls, clips: allTags, sampleRate: sampleRate, hasPictures: hasPictures)
    midi = urls.map { $0.deletingPathExtension().appendingPathExtension("mid") }
    try clips.check()
  }

  private static func namesAudio(_ url: URL) -> Bool {
    OutputPlace.isFolder(url) == nil && AudioFile.writableExtensions.contains(url.pathExtension.lowercased())
  }

  /// The first of name, name-2, … under which there is nothing, or this very idea.
  private static func freeName(
    _ name: String, in folder: URL, _ endings: [String], holds: (String) -> Bool
  ) -> String {
    var (candidate, number) = (name, 2)
    while endings.contains(where: { FileIdentity.isTaken(folder.appendingPathComponent(candidate + $0)) }),
      !holds(candidate)
    {
      candidate = "\(name)-\(number)"
      number += 1
    }
    return candidate
  }

  /// Writes the MIDI files of some ideas, and makes their clips; of what then lacks its clip nothing is left.
  package mutating func withMIDI(_ range: Range<Int>, make: (inout IdeaFiles) throws -> Void) throws {
    var new: [Int] = []
    let folders = Set(midi[range].map { $0.deletingLastPathComponent() }.filter { OutputPlace.isFolder($0) == nil })
    do {
      for index in range where OutputPlace.isFolder(midi[index]) == nil {
        try DurableFile.makeFolder(midi[index].deletingLastPathComponent())
        new.append(index)
        try sketches[index].idea.midi.write(to: midi[index])
      }
      try make(&self)
    } catch {
      for index in new where OutputPlace.isFolder(clips.urls[index]) == nil {
        try? FileManager.default.removeItem(at: midi[index])
        // Which keeps a folder with anything in it.
        if folders.contains(midi[index].deletingLastPathComponent()) {
          rmdir(midi[index].deletingLastPathComponent().path)
        }
      }
      throw error
    }
  }
}

extension IdeaSketch {
  /// Whether a folder holds this idea under a name, as far as anything is there.
  fileprivate func holds(_ name: String, in folder: URL, tags: ClipTags, hasPictures: Bool) -> Bool {
    let url = folder.appendingPathComponent(name)
    func isFree(_ ending: String, or isSame: (URL) -> Bool) -> Bool {
      let file = url.appendingPathExtension(ending)
      return !FileIdentity.isTaken(file) || isSame(file)
    }
    return isFree("mid") { (try? Data(contentsOf: $0)).map { $0.elementsEqual(midi) } ?? false }
      && isFree("wav", or: tags.made(clip:)) && (!hasPictures || isFree("png", or: tags.made(picture:)))
  }
}

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
  package private(set) var request: GenerationRequest

  /// The same idea, quick rather than good.
  package var drafted: IdeaSketch {
    var sketch = self
    sketch.request.makeDraft()
    return sketch
  }

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

  /// The request as far as it may be too long for one clip: a form is made in parts.
  package var partRequest: GenerationRequest {
    var part = request
    if !idea.sections.isEmpty { part.duration = min(part.duration, 30) }
    return part
  }

  /// The request with the MIDI file of a name, which lies beside the clip.
  func request(midi name: String, in folder: URL) -> GenerationRequest {
    var request = request
    request.controls?.midi = ControlFile(name: name, in: folder, contents: midi)
    return request
  }
}

/// Where ideas go: a sound and a MIDI file of one name each, in a folder where none replaces another.
package struct IdeaFiles {
  package let sketches: [IdeaSketch]
  package let requests: [GenerationRequest]
  package var clips: OutputFiles
  package let midi: [URL]

  /// - Parameters:
  ///   - template: how the files are named; nil for as usual.
  ///   - tags: what the clip of a request keeps.
  package init(
    _ output: String, _ sketches: [IdeaSketch], template: NameTemplate? = nil, sampleRate: Int, hasPictures: Bool,
    tags: (GenerationRequest) -> ClipTags
  ) throws {
    let folder = try OutputPlace.url(output)
    guard OutputPlace.isFolder(folder) != false, output.hasSuffix("/") || !Self.namesAudio(folder) else {
      throw OutputError.notAFolder(path: output)
    }
    var (requests, urls, allTags) = ([GenerationRequest](), [URL](), [ClipTags]())
    var names = ClipNames(.template(template ?? .standard))
    let sound = "." + (template?.fileExtension ?? "wav")
    for (index, sketch) in sketches.enumerated() {
      let endings = [sound, ".mid"] + (hasPictures ? [".png"] : [])
      let name = names.choose(index, sketch.request) { name in
        !endings.contains { FileIdentity.isTaken(folder.appendingPathComponent(name + $0)) }
          || sketch.holds(
            name, in: folder, tags: tags(sketch.request(midi: name + ".mid", in: folder)), sound: sound,
            hasPictures: hasPictures)
      }
      requests.append(sketch.request(midi: name + ".mid", in: folder))
      urls.append(folder.appendingPathComponent(name + sound))
      allTags.append(tags(requests[index]))
    }
    self.sketches = sketches
    self.requests = requests
    clips = OutputFiles(urls: urls, clips: allTags, sampleRate: sampleRate, hasPictures: hasPictures)
    midi = urls.map { $0.deletingPathExtension().appendingPathExtension("mid") }
    try clips.check()
  }

  static func namesAudio(_ url: URL) -> Bool {
    OutputPlace.isFolder(url) == nil && AudioFile.writableExtensions.contains(url.pathExtension.lowercased())
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
  fileprivate func holds(
    _ name: String, in folder: URL, tags: ClipTags, sound: String, hasPictures: Bool
  ) -> Bool {
    func isFree(_ ending: String, or isSame: (URL) -> Bool) -> Bool {
      let file = folder.appendingPathComponent(name + ending)
      return !FileIdentity.isTaken(file) || isSame(file)
    }
    return isFree(".mid") { (try? Data(contentsOf: $0)).map { $0.elementsEqual(midi) } ?? false }
      && isFree(sound, or: tags.made(clip:)) && (!hasPictures || isFree(".png", or: tags.made(picture:)))
  }
}

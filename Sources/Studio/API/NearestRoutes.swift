import Audio
import Foundation
import HTTPTypes
import Hummingbird
import Library
import NIOCore
import Novelty
import Spectra
import Synthesis

/// Which of the clips that its model learned from a clip is nearest to, and how these sound.
struct NearestRoutes: Sendable {
  let studio: Studio
  private static let count = 5

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, "/clips/{id}/nearest") { [self] call in
        let id = try call.id()
        return try .json(try await Background.run { try nearest(to: id) })
      },
      Endpoint(.get, "/models/{name}/training/{number}/audio") { [self] call in
        let (name, number) = (try call.modelName(), try call.number("number"))
        let folder = try studio.models.model(name)
        let bytes = try await Background.runLong { [learned = studio.learned] in
          try learned.sound(number, of: folder)
        }
        return Response(
          status: .ok, headers: [.contentType: "audio/wav", .cacheControl: "private, max-age=600"],
          body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
      },
    ]
  }

  private struct Answer: Encodable, Sendable {
    struct Neighbour: Encodable, Sendable {
      let caption: String
      /// 1 of the same sound, one half as far as real recordings are from each other.
      let likeness: Double
      /// Which model learned from it, and its number there.
      let model: String
      let number: Int
      /// Its path in the folder of samples.
      let file: String?
      /// Of its sound; nil where it cannot be heard.
      let url: String?
      /// Why it cannot.
      let reason: String?
    }
    let novelty: Double?
    let clips: [Neighbour]
  }

  private func nearest(to id: String) throws -> Answer {
    let (clip, file) = (try studio.library.clip(id), try studio.library.file(of: id))
    // A clip's tags may come from anyone: no path is followed.
    guard !clip.model.contains("/"), let source = try? ModelSource(named: clip.model) else {
      return Answer(novelty: clip.novelty, clips: [])
    }
    var found: [Answer.Neighbour] = []
    var least: Double?
    for folder in source.learnedFolders {
      guard let index = try? studio.learned.index(of: folder) else { continue }
      let sound = try AudioFile.read(file, sampleRate: index.mel.sampleRate, channelCount: index.mel.channelCount)
      let print = SoundFingerprint(MelSpectrogram(index.mel).analyze(sound.samples), mel: index.mel)
      for neighbour in index.nearest(to: print, count: Self.count) {
        let ratio = neighbour.distance / index.medianHeldOutDistance
        least = min(least ?? ratio, ratio)
        found.append(self.neighbour(neighbour.clip, likeness: 1 / (1 + ratio), of: folder, index))
      }
    }
    let novelty = least.map { ($0 * 1000).rounded() / 1000 } ?? clip.novelty
    return Answer(novelty: novelty, clips: found.sorted { $0.likeness > $1.likeness })
  }

  private func neighbour(_ number: Int, likeness: Double, of folder: URL, _ index: NoveltyIndex) -> Answer.Neighbour {
    let (known, name) = (studio.learned.clip(number, of: folder, index), folder.lastPathComponent)
    // What another model of this name learned from is nobody's business here.
    let isFound = (try? studio.models.model(name)).map { $0.standardizedFileURL == folder.standardizedFileURL } ?? false
    var (url, reason): (String?, String?) = (nil, nil)
    switch known.source {
    case .none(let words): reason = words
    case .file, .recipe:
      if isFound {
        url = "\(Endpoint.root)/models/\(name)/training/\(number)/audio"
      } else {
        reason = "Another model of this name comes before the one that made this clip."
      }
    }
    return Answer.Neighbour(
      caption: known.caption, likeness: (likeness * 1000).rounded() / 1000, model: name, number: number,
      file: known.file, url: url, reason: reason)
  }
}

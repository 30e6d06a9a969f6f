public import Foundation
import Novelty
import Storage
import Synthesis
import Tensors
public import Text

/// What lies in a folder under the names that a training gives, and is somebody else's.
extension TrainingFolder {
  /// The first file that a training would replace and did not write; nil where there is none.
  ///
  /// A folder with a checkpoint is a training's own, and its files are told by what is in them; in any other, whatever has
  /// such a name is somebody's. A glossary that is there stays, and only has to be one.
  /// - Throws: `TextError` where it is none.
  public static func foreignFile(in folder: URL) throws(TextError) -> URL? {
    let glossary = folder.appendingPathComponent(glossaryName)
    if FileIdentity.isTaken(glossary) { _ = try Glossary(reading: glossary) }
    let isTrainings = !CheckpointFiles(in: folder).present.isEmpty
    if holdsForeignPreviews(folder) { return folder.appendingPathComponent(previewsName) }
    return modelNames.lazy.filter { $0 != glossaryName }.map(folder.appendingPathComponent).first { file in
      FileIdentity.isTaken(file) && !(isTrainings && isOwn(file))
    }
  }

  /// Whether there is a folder of the previews' name with files in it that are none.
  private static func holdsForeignPreviews(_ folder: URL) -> Bool {
    let previews = folder.appendingPathComponent(previewsName)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: previews.path)) ?? []
    return FileIdentity.isTaken(previews) && !names.contains(previewsListName)
      && !(names.isEmpty && FileStatus(previews.path)?.isFile == false)
  }

  /// Whether a file's contents are what a training writes under its name.
  private static func isOwn(_ file: URL) -> Bool {
    switch file.lastPathComponent {
    case "config.json": (try? ModelBundle.configuration(in: file.deletingLastPathComponent())) != nil
    case "words.tsv": Vocabulary.isList(file)
    case SoundLengths.fileName: SoundLengths.isList(file)
    case "words.safetensors": (try? SafetensorsFile(file))?.names.sorted() == ["captions", "terms"]
    case "novelty.index": NoveltyIndex.dataset(of: file) != nil
    case "training.jsonl": TrainingLog.isLog(file)
    // Beside a checkpoint they are the training's: nothing in them says so.
    default: true
    }
  }
}

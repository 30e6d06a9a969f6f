// FirstClip [MODEL [FILE.wav]]: makes a clip, and says how loud it is.
import Audio
import Foundation
import Rendering
import Synthesis

let arguments = CommandLine.arguments.dropFirst()
let output = URL(fileURLWithPath: arguments.dropFirst().first ?? "first-clip.wav")
let renderer = try Renderer(model: arguments.first ?? "first")
let request = GenerationRequest(prompt: "warm electric piano", duration: 1, steps: 4, seed: 7)
try renderer.write(request, to: output)
print("\(output.path): \(try AudioFile.read(output).duration) s")

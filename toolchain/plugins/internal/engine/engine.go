// Package engine ties a plugin's life to that of the Pulumi engine that started it.
package engine

import (
	"io"
	"os"
)

// ExitWithIt ends this process when the engine dies, even by kill -9: the engine holds the other end of the standard
// input and never writes to it. The bridge itself looks only every five minutes. Without an engine's address
// (attached by hand) nobody is watched.
func ExitWithIt() {
	if len(os.Args) < 2 {
		return
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(1)
	}()
}

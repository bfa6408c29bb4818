package pdfium

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"

	lib "github.com/klippa-app/go-pdfium"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/sys"

	"nianbao/extract"
)

// scratchSize is the size of a machine's scratch buffer. Names that do not fit
// are cut.
const scratchSize = 4096

// machine is one instance of the module with its own memory, and the functions
// it exports. After a call has failed all later ones give 0, and failure tells
// why: so callers check once, at the end of a loop.
type machine struct {
	engine  *Engine
	ctx     context.Context
	inst    lib.Pdfium
	mod     api.Module
	fn      [exports]api.Function
	stack   [8]uint64
	scratch uint32 // address of scratchSize bytes
	err     error
	cap     int64 // of the memory, in bytes
}

// machine makes an instance whose calls run under ctx.
func (e *Engine) machine(ctx context.Context) (*machine, error) {
	inst, err := e.instance(ctx)
	if err != nil {
		return nil, err
	}
	m := &machine{engine: e, ctx: ctx, inst: inst, cap: e.cfg.memoryBytes()}
	if err := m.bind(); err != nil {
		m.close()
		return nil, err
	}
	return m, nil
}

// bind looks up the module and its functions.
func (m *machine) bind() error {
	mod, err := moduleOf(m.inst.GetImplementation())
	if err != nil {
		return err
	}
	m.mod = mod
	for i, name := range exportNames() {
		if m.fn[i] = mod.ExportedFunction(name); m.fn[i] == nil {
			return fmt.Errorf("pdfium: the module does not export %s", name)
		}
	}
	if m.scratch = m.alloc(scratchSize); m.scratch == 0 {
		return fmt.Errorf("pdfium: no memory for a buffer: %w", m.err)
	}
	return nil
}

// moduleOf reaches the module inside go-pdfium's implementation: an exported
// field of an internal type.
func moduleOf(implementation any) (api.Module, error) {
	v := reflect.ValueOf(implementation)
	if v.Kind() == reflect.Pointer && v.Elem().Kind() == reflect.Struct {
		if f := v.Elem().FieldByName("Module"); f.IsValid() && f.CanInterface() {
			if mod, ok := f.Interface().(api.Module); ok {
				return mod, nil
			}
		}
	}
	return nil, fmt.Errorf("pdfium: %T has no field Module", implementation)
}

// close frees the instance with all its memory. A document in it needs no
// closing of its own.
func (m *machine) close() {
	m.engine.kill(m.inst)
	m.mod, m.err = nil, ErrClosed
}

// call runs a function; integers and addresses as they are, floats encoded.
func (m *machine) call(f export, args ...uint64) uint64 {
	if m.err != nil {
		return 0
	}
	if m.err = m.ctx.Err(); m.err != nil {
		return 0
	}
	copy(m.stack[:], args)
	if m.err = m.fn[f].CallWithStack(m.ctx, m.stack[:]); m.err != nil {
		return 0
	}
	return m.stack[0]
}

// at runs a function on an object in the module's memory.
func (m *machine) at(f export, object uint32, args ...uint64) uint32 {
	var a [5]uint64
	a[0] = uint64(object)
	return uint32(m.call(f, a[:1+copy(a[1:], args)]...))
}

// count is at for functions that count, or give -1.
func (m *machine) count(f export, object uint32, args ...uint64) int {
	return int(max(0, int32(m.at(f, object, args...))))
}

// alloc gives the address of n bytes, or 0.
func (m *machine) alloc(n int64) uint32 { return uint32(m.call(fnMalloc, uint64(n))) }

// view is n bytes of the module's memory, valid until the next call.
func (m *machine) view(address uint32, n int64) []byte {
	if m.err != nil || n > math.MaxUint32 {
		return nil
	}
	b, ok := m.mod.Memory().Read(address, uint32(n))
	if !ok {
		m.err = errors.New("address outside of memory")
	}
	return b
}

// out is the address of the i'th 8-byte slot of the scratch buffer.
func (m *machine) out(i uint32) uint64 { return uint64(m.scratch + 8*i) }

// float is the 32-bit float at byte offset off of the scratch buffer.
func (m *machine) float(off uint32) float64 {
	if m.err != nil {
		return 0
	}
	v, _ := m.mod.Memory().ReadFloat32Le(m.scratch + off)
	return float64(v)
}

// double is the 64-bit float in slot i.
func (m *machine) double(i uint32) float64 {
	if m.err != nil {
		return 0
	}
	v, _ := m.mod.Memory().ReadFloat64Le(m.scratch + 8*i)
	return v
}

// int is the 32-bit integer in slot i.
func (m *machine) int(i uint32) uint32 {
	if m.err != nil {
		return 0
	}
	v, _ := m.mod.Memory().ReadUint32Le(m.scratch + 8*i)
	return v
}

// put writes a 32-bit integer at the start of the scratch buffer.
func (m *machine) put(v uint32) {
	if m.err == nil {
		m.mod.Memory().WriteUint32Le(m.scratch, v)
	}
}

// failure is why a call failed, nil where none did.
func (m *machine) failure(doing string) error {
	var exit *sys.ExitError
	switch {
	case m.err == nil:
		return nil
	case errors.Is(m.err, ErrClosed):
		return ErrClosed
	case m.ctx.Err() != nil || errors.As(m.err, &exit):
		return &extract.Error{Code: extract.CodeTimeout, Detail: doing + "用时过长，已中断。"}
	case m.full():
		return m.tooLarge(doing)
	}
	cause, _, _ := strings.Cut(m.err.Error(), "\n")
	return extract.Damaged("%s时出错，文件可能已损坏（%s）。", doing, cause)
}

// full tells whether the memory is so near its cap that this will be why a call
// failed.
func (m *machine) full() bool {
	return m.mod != nil && int64(m.mod.Memory().Size()) > m.cap/10*8
}

func (m *machine) tooLarge(doing string) *extract.Error {
	return extract.OverLimit("pdfium_memory_bytes", m.cap, doing+"所需的内存超过上限。")
}

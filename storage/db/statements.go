package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
)

const (
	// maxStatements bounds the prepared statements that a connection keeps, about
	// 10 KB each. The program, with River, has about two hundred texts.
	maxStatements = 256
	// maxStatementText bounds the length of what is kept: lists expanded to very many
	// parameters seldom come again with the same number.
	maxStatementText = 8 << 10
)

// preparing makes connections that keep their prepared statements. SQLite parses
// and plans a statement each time otherwise, which took a third of the time of the
// statements that record one report; database/sql has prepared statements, but
// neither for what River asks nor for a transaction without asking twice.
type preparing struct{ driver.Connector }

// Connect implements driver.Connector.
func (p preparing) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	able, ok := c.(connection)
	if !ok {
		return nil, errors.Join(fmt.Errorf("db: %T is no connection of SQLite", c), c.Close())
	}
	return &keeping{connection: able, kept: map[string]statement{}}, nil
}

// connection and statement are what SQLite's driver has.
type (
	connection interface {
		driver.Conn
		driver.ConnBeginTx
		driver.ConnPrepareContext
		driver.Pinger
		driver.SessionResetter
		driver.Validator
	}
	statement interface {
		driver.Stmt
		driver.StmtExecContext
		driver.StmtQueryContext
	}
)

// keeping is a connection that keeps prepared statements. As any connection it is
// used by one goroutine at a time. A statement at work is not among those kept: the
// same text asked again meanwhile is prepared again.
type keeping struct {
	connection
	kept map[string]statement
}

// take is the statement of the text, which is given back, or closed.
func (c *keeping) take(ctx context.Context, text string) (statement, error) {
	if s, ok := c.kept[text]; ok {
		delete(c.kept, text)
		return s, nil
	}
	s, err := c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	able, ok := s.(statement)
	if !ok {
		return nil, errors.Join(fmt.Errorf("db: %T is no statement of SQLite", s), s.Close())
	}
	return able, nil
}

// give takes a statement back. Where there are too many, any goes: those in use
// come again, and the texts of one program hardly ever are too many.
func (c *keeping) give(text string, s statement) error {
	if _, twice := c.kept[text]; twice || len(text) > maxStatementText {
		return s.Close()
	}
	if len(c.kept) >= maxStatements {
		for other, old := range c.kept {
			delete(c.kept, other)
			if err := old.Close(); err != nil {
				return errors.Join(err, s.Close())
			}
			break
		}
	}
	c.kept[text] = s
	return nil
}

// ExecContext implements driver.ExecerContext.
func (c *keeping) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	res, err := s.ExecContext(ctx, args)
	return res, errors.Join(err, c.done(text, s, err))
}

// done gives a statement back; one that failed is not trusted any more.
func (c *keeping) done(text string, s statement, err error) error {
	if err != nil {
		return s.Close()
	}
	return c.give(text, s)
}

// QueryContext implements driver.QueryerContext.
func (c *keeping) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return &keptRows{Rows: rows, end: func(err error) error { return c.done(text, s, err) }}, nil
}

// Close implements driver.Conn.
func (c *keeping) Close() error {
	var errs []error
	for text, s := range c.kept {
		delete(c.kept, text)
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.connection.Close())...)
}

// keptRows give their statement back when they are closed.
type keptRows struct {
	driver.Rows
	end func(error) error
}

// Close implements driver.Rows.
func (r *keptRows) Close() error {
	err := r.Rows.Close()
	if r.end != nil {
		err = errors.Join(err, r.end(err))
		r.end = nil
	}
	return err
}
